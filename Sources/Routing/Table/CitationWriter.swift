/// Writes what a response says of the vote that routed it.
struct CitationWriter {
    /// How much of the table digest is cited, hexadecimal digits: enough to tell tables apart.
    static let tableDigits = 16

    private let ending: String

    /// A writer for one table.
    init(digest: ContentDigest) {
        ending = ", table=\"\(digest.hex.prefix(Self.tableDigits))\""
    }

    /// The value of `Commonway-Route`, a dictionary of RFC 8941 §3.2:
    /// `route="library/reading", proposal=3, entry=41, table="0123456789abcdef"`; with
    /// `, overlay=57` behind the entry where that one disabled, restored or refused the route.
    ///
    /// Names of routes and rules need no escapes in a structured field's string.
    func citation(rule: String, enactment: Enactment, overlay: Int?) -> [UInt8] {
        let overlaid = overlay.map { ", overlay=\($0)" } ?? ""
        return Array(
            """
            route="\(rule)", proposal=\(enactment.proposal), \
            entry=\(enactment.entry)\(overlaid)\(ending)
            """.utf8)
    }
}
