/// The elements of a comma-separated field value, one after another (RFC 9110 §5.6.1).
///
/// Empty elements are passed over, as a recipient must. Quoted strings are not looked at: none
/// of the lists that the gateway reads has any.
struct ListElements {
    private var position: Int
    private let end: Int

    /// The elements of the value in a range.
    init(_ range: OctetRange) {
        position = Int(range.start)
        end = Int(range.end)
    }

    /// The next element without white space around it, never empty; `nil` at the end.
    mutating func next(_ octets: Span<UInt8>) -> Range<Int>? {
        while position < end {
            var start = position
            while position < end, octets[position] != UInt8(ascii: ",") { position &+= 1 }
            var stop = position
            position &+= 1
            while start < stop, OctetClass.isSpace(octets[start]) { start &+= 1 }
            while stop > start, OctetClass.isSpace(octets[stop &- 1]) { stop &-= 1 }
            if start < stop { return start..<stop }
        }
        return nil
    }
}
