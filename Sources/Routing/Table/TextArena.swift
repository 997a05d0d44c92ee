/// Where a text stands in a table's one array of octets.
@usableFromInline
package struct TextRange: Hashable, Sendable {
    /// The first octet.
    @usableFromInline let start: UInt32
    /// How many there are.
    @usableFromInline let count: UInt32

    /// The empty text.
    static let empty = TextRange(start: 0, count: 0)
}

/// All texts of a table in one array, so that a hundred thousand routes are not as many strings.
struct TextArena {
    /// The texts, one after the other.
    private(set) var octets: [UInt8] = []

    /// Appends a text.
    mutating func append(_ text: String) -> TextRange {
        let start = octets.count
        octets.append(contentsOf: text.utf8)
        guard let first = UInt32(exactly: start), let count = UInt32(exactly: octets.count - start)
        else { preconditionFailure("the documents of a table are bounded far below 4 GiB") }
        return TextRange(start: first, count: count)
    }
}
