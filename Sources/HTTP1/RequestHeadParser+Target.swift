extension RequestHeadParser {
    /// Tells the target's form by its first octet (RFC 9112 §3.2).
    mutating func beginTarget(
        _ octet: UInt8, _ head: inout RequestHead
    ) throws(MessageError) {
        targetStart = position
        partStart = position
        switch octet {
        case UInt8(ascii: "/"):
            phase = .path
        case UInt8(ascii: "*"):
            guard head.method == .options else { throw fault(.asteriskForm, at: position) }
            head.form = .asterisk
            phase = .asterisk
            position &+= 1
        case 0x20: throw fault(.extraSpace, at: position)
        case UInt8(ascii: "#"): throw fault(.fragment, at: position)
        case 0x41...0x5A, 0x61...0x7A:
            head.form = .absolute
            phase = .scheme
        default: try stop(at: octet, otherwise: .badTarget)
        }
    }

    /// Ends an asterisk form, behind which only a space may stand.
    mutating func endAsterisk(
        _ octet: UInt8, _ head: inout RequestHead
    ) throws(MessageError) {
        guard octet == 0x20 else { return try stop(at: octet, otherwise: .badTarget) }
        endTarget(&head)
    }

    /// Reads a scheme: `http` or `https`, in any case. Anything else, the authority form
    /// among them, is no target for a gateway.
    mutating func scanScheme(
        _ octets: Span<UInt8>, _ bound: Int, _ head: inout RequestHead
    ) throws(MessageError) {
        while position < bound, OctetText.lowered(octets[position]) &- 0x61 < 26 {
            position &+= 1
        }
        guard position < bound else { return }
        guard octets[position] == UInt8(ascii: ":") else {
            return try stop(at: octets[position], otherwise: .badTarget)
        }
        switch OctetText.word(octets, partStart..<position) {
        case 0x6874_7470: head.scheme = .http
        case 0x68_7474_7073: head.scheme = .https
        default: throw fault(.badTarget, at: partStart)
        }
        position &+= 1
        partStart = position
        phase = .schemeSlash
    }

    /// Reads one of the two slashes behind a scheme.
    mutating func scanSchemeSlash(_ octet: UInt8) throws(MessageError) {
        guard octet == UInt8(ascii: "/") else {
            return try stop(at: octet, otherwise: .badTarget)
        }
        position &+= 1
        guard position &- partStart == 2 else { return }
        partStart = position
        phase = .authority
    }

    /// Reads an authority up to the path, the query or the target's end.
    mutating func scanAuthority(
        _ octets: Span<UInt8>, _ bound: Int, _ head: inout RequestHead
    ) throws(MessageError) {
        scanning: while position < bound {
            switch octets[position] {
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@"):
                break scanning
            case 0x21...0x7E: position &+= 1
            default: break scanning
            }
        }
        guard position < bound else { return }
        let octet = octets[position]
        switch octet {
        case UInt8(ascii: "@"): throw fault(.userinfo, at: position)
        case UInt8(ascii: "#"): throw fault(.fragment, at: position)
        case 0x20, UInt8(ascii: "/"), UInt8(ascii: "?"): break
        default: return try stop(at: octet, otherwise: .badTarget)
        }
        head.authority = OctetRange(partStart, position)
        switch HostSyntax.parse(octets, partStart..<position) {
        case .success(let parts):
            head.host = parts.host
            head.port = parts.port
            head.authorityOrHost = head.authority
        case .failure(let misplaced): throw fault(.badTarget, at: misplaced.offset)
        }
        partStart = position
        phase = .path
        if octet != UInt8(ascii: "/") { try scanPath(octets, bound, &head) }
    }

    /// Reads a path up to the query or the target's end; escapes are judged by
    /// ``CanonicalPath``.
    mutating func scanPath(
        _ octets: Span<UInt8>, _ bound: Int, _ head: inout RequestHead
    ) throws(MessageError) {
        var index = position
        while index < bound, OctetClass.isPath(octets[index]) { index &+= 1 }
        position = index
        guard index < bound else { return }
        let octet = octets[position]
        guard octet == 0x20 || octet == UInt8(ascii: "?") else {
            let kind: MessageFault = octet == UInt8(ascii: "#") ? .fragment : .badTarget
            return try stop(at: octet, otherwise: kind)
        }
        head.path = OctetRange(partStart, position)
        if octet == 0x20 {
            endTarget(&head)
        } else {
            position &+= 1
            partStart = position
            phase = .query
        }
    }

    /// Reads a query, which is passed on as it came: any visible ASCII but `#`.
    mutating func scanQuery(
        _ octets: Span<UInt8>, _ bound: Int, _ head: inout RequestHead
    ) throws(MessageError) {
        var index = position
        while index < bound, OctetClass.isVisible(octets[index]),
            octets[index] != UInt8(ascii: "#")
        { index &+= 1 }
        position = index
        guard index < bound else { return }
        guard octets[position] == 0x20 else {
            let isFragment = octets[position] == UInt8(ascii: "#")
            return try stop(at: octets[position], otherwise: isFragment ? .fragment : .badTarget)
        }
        head.hasQuery = true
        head.query = OctetRange(partStart, position)
        endTarget(&head)
    }

    /// Ends the target at a space.
    private mutating func endTarget(_ head: inout RequestHead) {
        head.target = OctetRange(targetStart, position)
        if head.form == .absolute, head.method == .options, head.path.isEmpty, !head.hasQuery {
            head.form = .asterisk
        }
        position &+= 1
        partStart = position
        phase = .version
    }
}
