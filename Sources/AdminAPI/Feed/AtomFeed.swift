import Foundation

/// News of votes as an Atom feed (RFC 4287).
struct AtomFeed: Sendable {
    /// The log's origin, whose news it is.
    let origin: String
    /// The leaf hash of the `constituted` entry: the feed's own id.
    let community: String
    /// Where the pages are, with a slash at its end.
    let base: String
    /// When the log last went on, milliseconds since 1970, for a feed without news.
    let t: Int64
    /// What to tell, newest first.
    let news: [VoteNews]

    /// The most entries: months of a busy community, some 60 KiB.
    static let entriesMax = 100
    /// Where the feed is, below ``base``.
    private static let path = "api/v1/feed.atom"

    /// The document.
    var text: String {
        var writer = XMLWriter()
        writer.element("feed", [("xmlns", "http://www.w3.org/2005/Atom")]) { feed in
            feed.element("id", "urn:commonway:community:\(community)")
            feed.element("title", "Votes of \(origin)")
            feed.element("updated", Self.time(news.first?.t ?? t))
            feed.element("author") { $0.element("name", origin) }
            feed.element("link", nil, [("rel", "self"), ("href", base + Self.path)])
            feed.element("link", nil, [("rel", "alternate"), ("href", base)])
            for item in news { Self.write(item, base, &feed) }
        }
        return writer.text
    }

    private static func write(_ item: VoteNews, _ base: String, _ feed: inout XMLWriter) {
        feed.element("entry") { entry in
            entry.element("id", item.id)
            entry.element("title", item.title)
            entry.element("updated", time(item.t))
            entry.element(
                "link", nil,
                [("rel", "alternate"), ("href", "\(base)#/proposals/\(item.proposal)")])
            entry.element("category", nil, [("term", item.kind.rawValue)])
            entry.element("summary", item.summary)
        }
    }

    /// A time as RFC 3339 writes it, in UTC to the second.
    static func time(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds / 1000)).formatted(.iso8601)
    }
}
