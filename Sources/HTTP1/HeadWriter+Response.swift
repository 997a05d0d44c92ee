extension HeadWriter {
    /// Writes a response head for a client, all but its empty line.
    ///
    /// For 1xx the caller has made sure that the client speaks HTTP/1.1. A body that ends with
    /// the connection makes the head say `Connection: close`, whatever was asked for.
    ///
    /// - Parameters:
    ///   - head: The response as parsed; it is read in place and not changed.
    ///   - octets: The octets that it was parsed from.
    ///   - forwarding: What else decides.
    ///   - date: The time now as an IMF-fixdate (RFC 9110 §5.6.7), for a response without Date.
    ///   - sink: Where the octets go.
    /// - Complexity: O(head); allocates nothing.
    @inlinable
    package static func response<Sink: OctetSink & ~Copyable>(
        _ head: inout ResponseHead, _ octets: Span<UInt8>, forwarding: ResponseForwarding,
        date: Span<UInt8>, into sink: inout Sink
    ) {
        statusLine(head.status, octets.extracting(head.reason.indices), into: &sink)
        let clientFraming = forwarding.framing(of: &head)
        var passing = KnownField.Set.endToEnd
        passing.formUnion([.init(.traceparent), .init(.tracestate)])
        if clientFraming == .chunked { passing.insert(.init(.trailer)) }
        lines(
            &head.fields, octets, passing: passing, stopped: [.hopByHop, .dropped], into: &sink)
        if head.status >= 200, !hasDate(&head) { field("Date", date, into: &sink) }
        bodyLength(&head, clientFraming, into: &sink)
        via(&head.fields, octets, receivedMinor: head.versionMinor, into: &sink)
        if head.status == 101 {
            upgrade(&head, octets, into: &sink)
        } else if head.status >= 200 {
            connection(clientFraming, forwarding, into: &sink)
        }
    }

    /// Writes a status line with the gateway's own version.
    ///
    /// - Parameters:
    ///   - status: 100...999.
    ///   - reason: A reason phrase, which may be empty.
    @inlinable
    package static func statusLine<Sink: OctetSink & ~Copyable>(
        _ status: Int, _ reason: Span<UInt8>, into sink: inout Sink
    ) {
        sink.append("HTTP/1.1 ")
        sink.append(decimal: UInt64(clamping: status))
        sink.append(0x20)
        sink.append(reason)
        sink.append("\r\n")
    }

    /// Whether a Date of the endpoint's goes on.
    @inlinable
    static func hasDate(_ head: inout ResponseHead) -> Bool {
        guard let index = head.fields.firstIndex(of: .date) else { return false }
        return head.fields[index].marks.isDisjoint(with: [.hopByHop, .dropped])
    }

    /// Writes the protocol that the endpoint changes to.
    @inlinable
    static func upgrade<Sink: OctetSink & ~Copyable>(
        _ head: inout ResponseHead, _ octets: Span<UInt8>, into sink: inout Sink
    ) {
        if let index = head.fields.firstIndex(of: .upgrade) {
            field("Upgrade", octets.extracting(head.fields[index].value.indices), into: &sink)
        }
        sink.append("Connection: Upgrade\r\n")
    }

    /// Writes where the body ends; for HEAD and 304, the length that it would have had.
    @inlinable
    static func bodyLength<Sink: OctetSink & ~Copyable>(
        _ head: inout ResponseHead, _ clientFraming: BodyFraming, into sink: inout Sink
    ) {
        if clientFraming != .none {
            framing(clientFraming, into: &sink)
        } else if let length = head.contentLength, head.status >= 200, head.status != 204 {
            framing(.length(length), into: &sink)
        }
    }

    /// Writes whether the client's connection is kept, where it could be taken otherwise.
    @inlinable
    static func connection<Sink: OctetSink & ~Copyable>(
        _ clientFraming: BodyFraming, _ forwarding: ResponseForwarding, into sink: inout Sink
    ) {
        if !forwarding.keepsClient || clientFraming == .untilClose {
            sink.append("Connection: close\r\n")
        } else if forwarding.clientMinor == 0 {
            sink.append("Connection: keep-alive\r\n")
        }
    }
}
