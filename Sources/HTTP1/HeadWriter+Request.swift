extension HeadWriter {
    /// Writes a request head for an endpoint, all but its empty line.
    ///
    /// - Parameters:
    ///   - head: The request as parsed; it is read in place and not changed.
    ///   - octets: The octets that it was parsed from.
    ///   - path: The canonical path, rewritten or not; empty stands for `/`.
    ///   - host: What goes on as Host; empty: as the client sent it.
    ///   - client: The peer's address in text, an IPv6 address without brackets; empty when it
    ///     has none (a Unix-domain listener).
    ///   - forwarding: What else decides.
    ///   - sink: Where the octets go.
    /// - Complexity: O(head); allocates nothing.
    @inlinable
    package static func request<Sink: OctetSink & ~Copyable>(
        _ head: inout RequestHead, _ octets: Span<UInt8>, path: Span<UInt8>, host: Span<UInt8>,
        client: Span<UInt8>, forwarding: borrowing RequestForwarding, into sink: inout Sink
    ) {
        requestLine(&head, octets, path: path, into: &sink)
        if host.count > 0 {
            field("Host", host, into: &sink)
        } else {
            field("Host", octets.extracting(head.authorityOrHost.indices), into: &sink)
        }
        let tracePasses = hasValidTrace(&head, octets)
        var stopped: FieldLine.Marks = [.hopByHop, .dropped]
        if !forwarding.keepsUnderscoreNames { stopped.insert(.underscore) }
        lines(
            &head.fields, octets, passing: passing(&head, trace: tracePasses), stopped: stopped,
            into: &sink)
        framing(head.framing, into: &sink)
        connection(&head, octets, forwarding: forwarding, into: &sink)
        via(&head.fields, octets, receivedMinor: head.versionMinor, into: &sink)
        forwarded(&head, octets, client: client, forwarding: forwarding, into: &sink)
        if let count = head.maxForwards {
            sink.append("Max-Forwards: ")
            sink.append(decimal: UInt64(clamping: count &- 1))
            sink.append("\r\n")
        }
        if !tracePasses, let seed = forwarding.traceSeed {
            TraceContext.write(seed, into: &sink)
        }
    }

    @inlinable
    static func requestLine<Sink: OctetSink & ~Copyable>(
        _ head: inout RequestHead, _ octets: Span<UInt8>, path: Span<UInt8>,
        into sink: inout Sink
    ) {
        sink.append(octets.extracting(head.methodName.indices))
        sink.append(0x20)
        if head.form == .asterisk {
            sink.append(UInt8(ascii: "*"))
        } else {
            if path.count > 0 {
                sink.append(path)
            } else {
                sink.append(UInt8(ascii: "/"))
            }
            if head.hasQuery {
                sink.append(UInt8(ascii: "?"))
                sink.append(octets.extracting(head.query.indices))
            }
        }
        sink.append(" HTTP/1.1\r\n")
    }

    /// The known fields of a request that go on as they came.
    @inlinable
    static func passing(_ head: inout RequestHead, trace: Bool) -> KnownField.Set {
        var passing = KnownField.Set.endToEnd
        if trace { passing.formUnion([.init(.traceparent), .init(.tracestate)]) }
        if head.maxForwards != nil { passing.remove(.init(.maxForwards)) }
        if head.versionMinor == 0 { passing.remove(.init(.expect)) }
        if head.framing == .chunked { passing.insert(.init(.trailer)) }
        return passing
    }

    /// Whether the request carries exactly one `traceparent`, and a valid one.
    @usableFromInline
    static func hasValidTrace(_ head: inout RequestHead, _ octets: Span<UInt8>) -> Bool {
        guard let first = head.fields.firstIndex(of: .traceparent) else { return false }
        for index in (first &+ 1)..<max(head.fields.count, first &+ 1)
        where head.fields[index].known == .traceparent { return false }
        let line = head.fields[first]
        return line.marks.isDisjoint(with: [.hopByHop, .dropped])
            && TraceContext.isValid(octets.extracting(line.value.indices))
    }

    /// Writes the gateway's own hop: what it wants of this connection.
    @inlinable
    static func connection<Sink: OctetSink & ~Copyable>(
        _ head: inout RequestHead, _ octets: Span<UInt8>, forwarding: borrowing RequestForwarding,
        into sink: inout Sink
    ) {
        let upgrades = forwarding.forwardsUpgrade && !head.upgrade.isEmpty
        if upgrades { field("Upgrade", octets.extracting(head.upgrade.indices), into: &sink) }
        if head.takesTrailers {
            sink.append("TE: trailers\r\n")
            sink.append(upgrades ? "Connection: Upgrade, TE\r\n" : "Connection: TE\r\n")
        } else if upgrades {
            sink.append("Connection: Upgrade\r\n")
        }
    }

    /// Writes who asked, and for what: added to what a trusted peer said, else instead of it.
    @inlinable
    static func forwarded<Sink: OctetSink & ~Copyable>(
        _ head: inout RequestHead, _ octets: Span<UInt8>, client: Span<UInt8>,
        forwarding: borrowing RequestForwarding, into sink: inout Sink
    ) {
        let trusted = forwarding.peerIsTrusted
        let scheme: StaticString = forwarding.isSecure ? "https" : "http"
        let host = octets.extracting(head.authorityOrHost.indices)
        if client.count > 0 {
            sink.append("X-Forwarded-For: ")
            if trusted { values(of: .xForwardedFor, &head.fields, octets, into: &sink) }
            sink.append(client)
            sink.append("\r\n")
        }
        sink.append("X-Forwarded-Proto: ")
        if trusted { values(of: .xForwardedProto, &head.fields, octets, into: &sink) }
        sink.append(scheme)
        sink.append("\r\n")
        if host.count > 0 {
            sink.append("X-Forwarded-Host: ")
            if trusted { values(of: .xForwardedHost, &head.fields, octets, into: &sink) }
            sink.append(host)
            sink.append("\r\n")
        }
        guard forwarding.writesForwarded else { return }
        sink.append("Forwarded: ")
        if trusted { values(of: .forwarded, &head.fields, octets, into: &sink) }
        node(client, into: &sink)
        if host.count > 0 {
            sink.append(";host=\"")
            sink.append(host)
            sink.append(UInt8(ascii: "\""))
        }
        sink.append(";proto=")
        sink.append(scheme)
        sink.append("\r\n")
    }

    /// Writes `for=` with a node (RFC 7239 §6): an IPv6 address quoted and in brackets.
    @inlinable
    static func node<Sink: OctetSink & ~Copyable>(_ client: Span<UInt8>, into sink: inout Sink) {
        guard client.count > 0 else { return sink.append("for=unknown") }
        // The first separator tells: it comes within 5 octets.
        var index = 0
        while index < client.count, OctetClass.isHexDigit(client[index]) { index &+= 1 }
        let isIPv6 = index < client.count && client[index] == UInt8(ascii: ":")
        sink.append(isIPv6 ? "for=\"[" : "for=")
        sink.append(client)
        if isIPv6 { sink.append("]\"") }
    }
}
