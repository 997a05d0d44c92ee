import Foundation

/// Which entries of a log somebody wants to see. Of several values of one kind any will do.
struct AuditFilter: Sendable {
    /// The first instant, milliseconds since 1970.
    var since: Int64?
    /// The first instant after those wanted.
    var until: Int64?
    /// Acts of statements.
    var acts: [String] = []
    /// Kinds of entries.
    var kinds: [String] = []
    /// Members who made statements.
    var members: [Int] = []
    /// Proposals.
    var proposals: [Int] = []
    /// Documents as `HTTPRoute/name`: what is about a proposal that touches one.
    var documents: [String] = []

    /// Whether an entry is wanted.
    ///
    /// - Parameter touched: The documents that the entry's proposal asks for.
    func wants(_ entry: AuditedEntry, touching touched: Set<String>) -> Bool {
        if let since, entry.t < since { return false }
        if let until, entry.t >= until { return false }
        func isAmong<Value: Equatable>(_ value: Value?, _ wanted: [Value]) -> Bool {
            wanted.isEmpty || value.map { wanted.contains($0) } ?? false
        }
        return isAmong(entry.act, acts) && isAmong(entry.kind, kinds)
            && isAmong(entry.by, members) && isAmong(entry.proposal, proposals)
            && (documents.isEmpty || !touched.isDisjoint(with: documents))
    }

    /// What `--route` takes: a route's name, or `Backend/name`.
    static func document(_ typed: String) -> String {
        typed.contains("/") ? typed : "HTTPRoute/\(typed)"
    }
}

/// Times as people type them.
enum TypedTime {
    /// Digits of milliseconds since 1970, from the year 2001 on.
    private static let digitsMin = 12

    /// Reads `2026-03-01`, `2026-03-01T12:00Z`, `2026-03-01 12:00:05Z` or milliseconds since 1970.
    ///
    /// - Returns: Milliseconds since 1970; `nil` for anything else.
    static func milliseconds(_ text: String) -> Int64? {
        if text.count >= digitsMin, text.allSatisfy({ $0.isASCII && $0.isNumber }) {
            return Int64(text)
        }
        var spelled = text.replacing(" ", with: "T")
        if !spelled.contains("T") { spelled += "T00:00:00Z" }
        if spelled.filter({ $0 == ":" }).count == 1 {
            spelled = spelled.replacing("Z", with: ":00Z")
        }
        guard let date = try? Date(spelled, strategy: .iso8601) else { return nil }
        return Int64((date.timeIntervalSince1970 * 1000).rounded())
    }

    /// Reads an option's value.
    ///
    /// - Throws: ``Complaint`` naming the option.
    static func read(_ text: String?, option: String) throws(Complaint) -> Int64? {
        guard let text else { return nil }
        guard let time = milliseconds(text) else {
            throw .usage(
                "\"\(Output.plain(text))\" is no time", at: option,
                next: "2026-03-01, 2026-03-01T12:00Z (UTC) or milliseconds since 1970")
        }
        return time
    }
}
