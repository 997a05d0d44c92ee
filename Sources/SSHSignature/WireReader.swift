/// Reads the fields of RFC 4251 §5 in order, and nothing beyond the end.
struct WireReader {
    private let octets: ArraySlice<UInt8>
    private var position: Int

    init(_ octets: ArraySlice<UInt8>) {
        self.octets = octets
        position = octets.startIndex
    }

    /// The octets read so far.
    var offset: Int { position - octets.startIndex }

    private var left: Int { octets.endIndex - position }

    mutating func uint32() throws(WireFault) -> UInt32 {
        try fixed(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Exactly `count` octets, without a length before them.
    mutating func fixed(_ count: Int) throws(WireFault) -> ArraySlice<UInt8> {
        guard count <= left else { throw WireFault(kind: .truncated, offset: offset) }
        defer { position += count }
        return octets[position..<(position + count)]
    }

    /// A four-octet big-endian length, then as many octets.
    mutating func string() throws(WireFault) -> ArraySlice<UInt8> {
        let start = offset
        let length = try uint32()
        guard Int(length) <= left else { throw WireFault(kind: .truncated, offset: start) }
        return try fixed(Int(length))
    }

    /// All octets that are left.
    mutating func rest() -> ArraySlice<UInt8> {
        defer { position = octets.endIndex }
        return octets[position...]
    }

    func end() throws(WireFault) {
        guard left == 0 else {
            throw WireFault(kind: .trailingOctets(count: left), offset: offset)
        }
    }
}

extension [UInt8] {
    /// Appends an RFC 4251 §5 `uint32`.
    mutating func appendUInt32(_ value: UInt32) {
        for shift: UInt32 in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    /// Appends an RFC 4251 §5 `string`: the length, then the octets.
    mutating func appendString(_ octets: some Collection<UInt8>) {
        appendUInt32(UInt32(truncatingIfNeeded: octets.count))
        append(contentsOf: octets)
    }
}
