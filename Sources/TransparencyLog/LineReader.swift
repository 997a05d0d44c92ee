/// Reads octets line by line, and knows what is left.
struct LineReader {
    /// What was not read yet.
    private(set) var rest: ArraySlice<UInt8>
    /// The line that was read last, counted from 0.
    private(set) var number = -1

    init(_ octets: [UInt8]) {
        rest = octets[...]
    }

    /// The next line without its newline; `nil` when no newline is left.
    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { rest = rest[(end + 1)...] }
        number += 1
        return rest[..<end]
    }
}
