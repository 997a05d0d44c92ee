/// `uri-host [":" port]`, octet by octet (RFC 9110 §7.2, RFC 3986 §3.2.2).
enum HostSyntax {
    /// A host with its port taken apart.
    struct Parts: Equatable {
        /// The host; an IP literal with its brackets. Never empty.
        var host: OctetRange
        /// The port; `nil` when none is given, or only its colon.
        var port: UInt16?
    }

    /// Takes a host and port apart.
    ///
    /// An empty host is refused: no `http` URI has one (RFC 9110 §4.2.1).
    ///
    /// - Returns: The parts, or the offset of the octet that cannot stand there.
    static func parse(
        _ octets: Span<UInt8>, _ range: Range<Int>
    ) -> Result<Parts, Misplaced> {
        guard let first = range.first else { return .failure(Misplaced(at: range.lowerBound)) }
        var index = first
        if octets[first] == UInt8(ascii: "[") {
            while index < range.upperBound, octets[index] != UInt8(ascii: "]") { index &+= 1 }
            guard index < range.upperBound else { return .failure(Misplaced(at: index)) }
            if let offset = IPLiteral.misplaced(octets, (first &+ 1)..<index) {
                return .failure(Misplaced(at: offset))
            }
            index &+= 1
        } else if let offset = registeredName(octets, range, end: &index) {
            return .failure(Misplaced(at: offset))
        }
        let host = OctetRange(first, index)
        guard index < range.upperBound else { return .success(Parts(host: host, port: nil)) }
        guard octets[index] == UInt8(ascii: ":"), !host.isEmpty else {
            return .failure(Misplaced(at: index))
        }
        return port(octets, (index &+ 1)..<range.upperBound).map { Parts(host: host, port: $0) }
    }

    /// The octet that cannot stand where it does.
    struct Misplaced: Error, Equatable {
        /// Its offset; the end of the range when something is missing there.
        var offset: Int

        init(at offset: Int) { self.offset = offset }
    }

    /// Moves `end` behind the registered name or IPv4 address that begins there.
    ///
    /// - Returns: The offset of an escape that is not whole.
    private static func registeredName(
        _ octets: Span<UInt8>, _ range: Range<Int>, end index: inout Int
    ) -> Int? {
        while index < range.upperBound {
            if OctetClass.isRegisteredName(octets[index]) {
                index &+= 1
            } else if octets[index] == UInt8(ascii: "%") {
                guard index &+ 2 < range.upperBound,
                    OctetClass.hexValue(octets[index &+ 1]) != nil,
                    OctetClass.hexValue(octets[index &+ 2]) != nil
                else { return index }
                index &+= 3
            } else {
                return nil
            }
        }
        return nil
    }

    private static func port(
        _ octets: Span<UInt8>, _ range: Range<Int>
    ) -> Result<UInt16?, Misplaced> {
        var number: UInt32 = 0
        for index in range {
            guard OctetClass.isDigit(octets[index]) else { return .failure(Misplaced(at: index)) }
            number = number &* 10 &+ UInt32(octets[index] &- 0x30)
            guard number <= UInt32(UInt16.max) else { return .failure(Misplaced(at: index)) }
        }
        return .success(range.isEmpty ? nil : UInt16(truncatingIfNeeded: number))
    }
}
