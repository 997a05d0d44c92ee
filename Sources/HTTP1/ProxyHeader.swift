/// The header that a load balancer writes before a connection's first octet, so that the gateway
/// learns whose connection it carries (the PROXY protocol, versions 1 and 2, HAProxy's
/// `proxy-protocol.txt`).
///
/// A listener expects it or it does not: it is never guessed, since whoever could choose would
/// choose its own address.
@usableFromInline package enum ProxyHeader {
    /// The longest header of version 1, its line end included.
    package static let textOctetsMax = 107
    /// The longest header of version 2 that is taken: the fixed part, the addresses and what
    /// a balancer usually adds to them.
    package static let binaryOctetsMax = 536

    /// Whose connection it is.
    package enum Source: Equatable, Sendable {
        /// The balancer's own (a health check), or one whose address it does not know.
        case unknown
        /// The texts of the client's and the balancer's addresses, which nobody judged yet, as
        /// places in the octets; the client's port; and whether they are said to be IPv6.
        case text(Range<Int>, to: Range<Int>, port: UInt16, isIPv6: Bool)
        /// 4 or 16 octets of an address, as a place in the octets, and a port.
        case octets(Range<Int>, port: UInt16)
    }

    /// How far a header has come.
    package enum Progress: Equatable, Sendable {
        case needMore
        /// It is whole; the client's own octets begin at this offset.
        case complete(octetCount: Int, source: Source)
    }

    /// What is wrong with one: the connection is closed, since nothing of it can be believed.
    package struct Fault: Error, Equatable, Sendable {
        /// The octet at which it was seen.
        package let offset: Int

        /// A fault at an octet.
        package init(offset: Int) { self.offset = offset }
    }

    /// Judges all octets that came on the connection so far.
    ///
    /// - Throws: `Fault` at the octet that no header can have there.
    /// - Complexity: O(header), at most `binaryOctetsMax` octets. Allocates nothing.
    package static func parse(_ octets: Span<UInt8>) throws(Fault) -> Progress {
        guard octets.count > 0 else { return .needMore }
        return octets[0] == 0x0D ? try parseBinary(octets) : try parseText(octets)
    }

    // MARK: Version 1

    /// `PROXY TCP4 192.0.2.1 198.51.100.1 56324 443` CRLF.
    private static func parseText(_ octets: Span<UInt8>) throws(Fault) -> Progress {
        for (index, octet) in [0x50, 0x52, 0x4F, 0x58, 0x59, 0x20].enumerated() {
            guard index < octets.count else { return .needMore }
            guard octets[index] == UInt8(octet) else { throw Fault(offset: index) }
        }
        var end = 6
        while end < octets.count, octets[end] != 0x0D {
            guard octets[end] > 0x1F, octets[end] < 0x7F, end < textOctetsMax - 2 else {
                throw Fault(offset: end)
            }
            end += 1
        }
        guard end + 1 < octets.count else { return .needMore }
        guard octets[end + 1] == 0x0A else { throw Fault(offset: end + 1) }
        return .complete(octetCount: end + 2, source: try textSource(octets, 6..<end))
    }

    private static func textSource(
        _ octets: Span<UInt8>, _ line: Range<Int>
    ) throws(Fault) -> Source {
        var parts = InlineArray<5, Range<Int>>(repeating: 0..<0)
        var count = 0
        var start = line.lowerBound
        for index in line.lowerBound...line.upperBound
        where index == line.upperBound || octets[index] == 0x20 {
            // UNKNOWN may be followed by anything, which is to be passed over.
            if count == 0, OctetText.word(octets, start..<index) == 0x75_6E6B_6E6F_776E {
                return .unknown
            }
            guard count < 5, index > start else { throw Fault(offset: index) }
            parts[count] = start..<index
            count += 1
            start = index + 1
        }
        guard count == 5 else { throw Fault(offset: line.upperBound) }
        let family = parts[0]
        let isIPv6 = octets[family.upperBound - 1] == 0x36
        for (index, octet) in [0x54, 0x43, 0x50, isIPv6 ? 0x36 : 0x34].enumerated() {
            guard index < family.count, octets[family.lowerBound + index] == UInt8(octet) else {
                throw Fault(offset: family.lowerBound)
            }
        }
        guard family.count == 4 else { throw Fault(offset: family.lowerBound) }
        _ = try port(octets, parts[4])
        return .text(
            parts[1], to: parts[2], port: try port(octets, parts[3]), isIPv6: isIPv6)
    }

    private static func port(_ octets: Span<UInt8>, _ range: Range<Int>) throws(Fault) -> UInt16 {
        guard case .number(let number) = OctetText.decimal(octets, range),
            let port = UInt16(exactly: number), range.count == 1 || octets[range.lowerBound] != 0x30
        else { throw Fault(offset: range.lowerBound) }
        return port
    }

    // MARK: Version 2

    private static let signature: InlineArray<12, UInt8> = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]

    /// The signature, version and command, family and transport, the length of the rest in two
    /// octets, the addresses, and type-length-values, which are passed over.
    private static func parseBinary(_ octets: Span<UInt8>) throws(Fault) -> Progress {
        for index in 0..<12 {
            guard index < octets.count else { return .needMore }
            guard octets[index] == signature[index] else { throw Fault(offset: index) }
        }
        guard octets.count >= 16 else { return .needMore }
        guard octets[12] >> 4 == 2, octets[12] & 15 <= 1 else { throw Fault(offset: 12) }
        let rest = Int(octets[14]) << 8 | Int(octets[15])
        let end = 16 + rest
        guard end <= binaryOctetsMax else { throw Fault(offset: 14) }
        let isLocal = octets[12] & 15 == 0
        let width: Int
        switch octets[13] {
        case 0x11: width = 4
        case 0x21: width = 16
        default: width = 0
        }
        guard isLocal || rest >= width * 2 + (width > 0 ? 4 : 0) else { throw Fault(offset: 14) }
        guard octets.count >= end else { return .needMore }
        if isLocal || width == 0 { return .complete(octetCount: end, source: .unknown) }
        let place = 16 + width * 2
        let port = UInt16(octets[place]) << 8 | UInt16(octets[place + 1])
        return .complete(
            octetCount: end, source: .octets(16..<(16 + width), port: port))
    }
}
