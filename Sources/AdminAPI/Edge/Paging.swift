import CanonicalJSON

/// How much of a list is asked for: `?cursor=` and `?limit=`.
struct Paging: Sendable {
    /// How many items at most.
    let limit: Int
    /// Where to begin: the number or index that the last page's `next` named.
    let cursor: Int?

    /// Items a page when nothing is asked for.
    static let limitDefault = 50
    /// The most items a page.
    static let limits = 1...100

    /// The names of both, for a call's list of queries.
    static let names = ["cursor", "limit"]

    /// Reads them.
    ///
    /// - Throws: ``APIError/badQuery(name:reason:)``.
    init(_ query: [String: String]) throws(APIError) {
        limit = try Self.number("limit", in: query) ?? Self.limitDefault
        cursor = try Self.number("cursor", in: query)
        guard Self.limits.contains(limit) else {
            throw .badQuery(
                name: "limit",
                reason: "is \(limit); \(Self.limits.lowerBound) to \(Self.limits.upperBound) fit")
        }
    }

    private static func number(
        _ name: String, in query: [String: String]
    ) throws(APIError) -> Int? {
        guard let text = query[name] else { return nil }
        guard let number = Decimal.parse(text) else {
            throw .badQuery(name: name, reason: "is \"\(text)\", which is no decimal number")
        }
        return number
    }

    /// The page of a collection whose members have the numbers 1, 2, … in order.
    func page<Element>(
        ascending elements: [Element], item: (Element) -> JSONValue
    ) -> Page {
        let first = min(max(cursor ?? 1, 1) - 1, elements.count)
        let last = min(first + limit, elements.count)
        return Page(
            items: elements[first..<last].map(item),
            next: last < elements.count ? String(last + 1) : nil)
    }
}
