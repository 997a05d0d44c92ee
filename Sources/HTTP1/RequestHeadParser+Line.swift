extension RequestHeadParser {
    /// Judges the request line up to its end or that of the octets (RFC 9112 §3).
    mutating func parseRequestLine(
        _ octets: Span<UInt8>, into head: inout RequestHead
    ) throws(MessageError) {
        while phase != .fields, position < octets.count {
            let lineEndMax = lineStart &+ limits.requestLineOctetsMax
            guard position <= lineEndMax || phase == .lineFeed || phase == .earlyLineFeed else {
                throw fault(
                    .requestLineTooLong, at: lineEndMax, limit: limits.requestLineOctetsMax)
            }
            let bound = min(octets.count, lineEndMax &+ 1)
            switch phase {
            case .start: try begin(octets[position], &head)
            case .method: try scanMethod(octets, bound, &head)
            case .targetStart: try beginTarget(octets[position], &head)
            case .scheme: try scanScheme(octets, bound, &head)
            case .schemeSlash: try scanSchemeSlash(octets[position])
            case .authority: try scanAuthority(octets, bound, &head)
            case .path: try scanPath(octets, bound, &head)
            case .query: try scanQuery(octets, bound, &head)
            case .asterisk: try endAsterisk(octets[position], &head)
            case .version: try scanVersion(octets, bound, &head)
            case .leadingLineFeed, .earlyLineFeed, .lineFeed:
                try takeLineFeed(octets[position])
            case .fields: return
            }
        }
        let lineEndMax = lineStart &+ limits.requestLineOctetsMax
        if position > lineEndMax, phase.rawValue < Phase.earlyLineFeed.rawValue {
            throw fault(.requestLineTooLong, at: lineEndMax, limit: limits.requestLineOctetsMax)
        }
    }

    private mutating func begin(
        _ octet: UInt8, _ head: inout RequestHead
    ) throws(MessageError) {
        head.reset()
        if octet == 0x0D, lineStart == 0 {
            phase = .leadingLineFeed
            position &+= 1
        } else {
            phase = .method
            partStart = position
        }
    }

    private mutating func takeLineFeed(_ octet: UInt8) throws(MessageError) {
        guard octet == 0x0A else { throw fault(.bareCR, at: position &- 1) }
        position &+= 1
        switch phase {
        case .leadingLineFeed:
            lineStart = position
            phase = .start
        case .earlyLineFeed:
            throw fault(.incompleteRequestLine, at: position &- 2)
        default:
            lines = FieldLineScanner(at: position, side: .request)
            phase = .fields
        }
    }

    private mutating func scanMethod(
        _ octets: Span<UInt8>, _ bound: Int, _ head: inout RequestHead
    ) throws(MessageError) {
        var index = position
        while index < bound, OctetClass.isToken(octets[index]) { index &+= 1 }
        position = index
        guard index < bound else { return }
        guard octets[position] == 0x20, position > partStart else {
            return try stop(at: octets[position], otherwise: .badMethod)
        }
        head.methodName = OctetRange(partStart, position)
        head.method = Method.named(octets, head.methodName)
        guard head.method != .connect else { throw fault(.connect, at: partStart) }
        position &+= 1
        phase = .targetStart
    }

    private mutating func scanVersion(
        _ octets: Span<UInt8>, _ bound: Int, _ head: inout RequestHead
    ) throws(MessageError) {
        if position == partStart, position &+ 8 <= bound,
            Word.load(octets, at: position) & 0xFEFF_FFFF_FFFF_FFFF == 0x302E_312F_5054_5448
        {
            // HTTP/1.0 or HTTP/1.1, as nearly always.
            position &+= 8
        }
        while position < bound, Self.fitsVersion(octets[position], at: position &- partStart) {
            position &+= 1
        }
        guard position < bound else { return }
        let octet = octets[position]
        guard position &- partStart == 8, octet == 0x0D else {
            return try stop(at: octet, otherwise: octet == 0x20 ? .extraSpace : .badVersion)
        }
        guard octets[partStart &+ 5] == UInt8(ascii: "1") else {
            throw fault(.unsupportedVersion, at: partStart &+ 5)
        }
        head.versionMinor = octets[partStart &+ 7] &- 0x30
        guard head.versionMinor <= 1 else { throw fault(.badVersion, at: partStart &+ 7) }
        position &+= 1
        phase = .lineFeed
    }

    /// Whether an octet can stand at a place of `HTTP/` DIGIT `.` DIGIT.
    private static func fitsVersion(_ octet: UInt8, at place: Int) -> Bool {
        switch place {
        case 0: octet == UInt8(ascii: "H")
        case 1, 2: octet == UInt8(ascii: "T")
        case 3: octet == UInt8(ascii: "P")
        case 4: octet == UInt8(ascii: "/")
        case 5, 7: OctetClass.isDigit(octet)
        case 6: octet == UInt8(ascii: ".")
        default: false
        }
    }

    /// Refuses an octet of the request line that cannot stand where it does; a CR is judged by
    /// the octet behind it.
    mutating func stop(
        at octet: UInt8, otherwise kind: MessageFault
    ) throws(MessageError) {
        switch octet {
        case 0x0D:
            phase = .earlyLineFeed
            position &+= 1
        case 0x0A: throw fault(.bareLF, at: position)
        case 0x00: throw fault(.nul, at: position)
        case 0x01...0x1F, 0x7F: throw fault(.controlOctet, at: position)
        default: throw fault(kind, at: position)
        }
    }
}
