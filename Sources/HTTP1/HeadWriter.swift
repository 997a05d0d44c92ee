/// Writes heads anew from what was parsed: nothing goes on that was not judged, and hop-by-hop
/// fields end here (RFC 9110 §7.6, reference/http.md).
///
/// ``request(_:_:path:host:client:forwarding:into:)`` and
/// ``response(_:_:forwarding:date:into:)`` write all but the empty line, so that the caller can
/// add lines of its own with ``field(_:_:into:)`` before ``end(into:)``. A line that a filter
/// removes is marked `.dropped` in the parsed head before.
@usableFromInline package enum HeadWriter {
    /// The name under which the gateway appears in `Via`.
    @inlinable package static var pseudonym: StaticString { "commonway" }

    /// Writes one field line.
    ///
    /// - Parameters:
    ///   - name: A field name.
    ///   - value: A field value, already judged: no CR, LF or NUL.
    @inlinable
    package static func field<Sink: OctetSink & ~Copyable>(
        _ name: StaticString, _ value: Span<UInt8>, into sink: inout Sink
    ) {
        sink.append(name)
        sink.append(": ")
        sink.append(value)
        sink.append("\r\n")
    }

    /// Writes the empty line that ends a head or a trailer section.
    @inlinable
    package static func end<Sink: OctetSink & ~Copyable>(into sink: inout Sink) {
        sink.append("\r\n")
    }

    /// Writes a trailer line, unless it is one that must not stand in a trailer section or has
    /// a `_` in its name (RFC 9110 §6.5.1).
    ///
    /// - Parameters:
    ///   - line: A line that ``ChunkedDecoder`` found.
    ///   - octets: The span that it was found in.
    @inlinable
    package static func trailer<Sink: OctetSink & ~Copyable>(
        _ line: FieldLine, _ octets: Span<UInt8>, into sink: inout Sink
    ) {
        guard !KnownField.Set.forbiddenInTrailers.has(line.known),
            line.marks.isDisjoint(with: [.underscore, .dropped, .hopByHop])
        else { return }
        self.line(line, octets, into: &sink)
    }

    /// Writes a parsed line.
    @inlinable
    static func line<Sink: OctetSink & ~Copyable>(
        _ line: FieldLine, _ octets: Span<UInt8>, into sink: inout Sink
    ) {
        sink.append(octets.extracting(line.name.indices))
        sink.append(": ")
        sink.append(octets.extracting(line.value.indices))
        sink.append("\r\n")
    }

    /// Writes the parsed lines that go on as they came.
    ///
    /// Neighbouring lines that came exactly as they would be written are taken in one piece.
    ///
    /// - Parameters:
    ///   - passing: Which known fields go on.
    ///   - stopped: Marks that keep a line from going on.
    @inlinable
    static func lines<Sink: OctetSink & ~Copyable>(
        _ fields: inout FieldLines, _ octets: Span<UInt8>, passing: KnownField.Set,
        stopped: FieldLine.Marks, into sink: inout Sink
    ) {
        var runStart = 0
        var runEnd = 0
        var index = 0
        while index < fields.count {
            let line = fields[index]
            index &+= 1
            guard passing.has(line.known), line.marks.isDisjoint(with: stopped) else { continue }
            let start = Int(line.name.start)
            if !line.marks.contains(.plain) {
                if runStart < runEnd { sink.append(octets.extracting(runStart..<runEnd)) }
                runStart = 0
                runEnd = 0
                self.line(line, octets, into: &sink)
                continue
            }
            if start != runEnd {
                if runStart < runEnd { sink.append(octets.extracting(runStart..<runEnd)) }
                runStart = start
            }
            runEnd = Int(line.value.end) &+ 2
        }
        if runStart < runEnd { sink.append(octets.extracting(runStart..<runEnd)) }
    }

    /// Writes the values of every line of a field, each with `, ` behind it.
    @inlinable
    static func values<Sink: OctetSink & ~Copyable>(
        of field: KnownField, _ fields: inout FieldLines, _ octets: Span<UInt8>,
        into sink: inout Sink
    ) {
        guard fields.contains(field) else { return }
        var index = 0
        while index < fields.count {
            let line = fields[index]
            index &+= 1
            guard line.known == field, !line.value.isEmpty,
                line.marks.isDisjoint(with: [.hopByHop, .dropped])
            else { continue }
            sink.append(octets.extracting(line.value.indices))
            sink.append(", ")
        }
    }

    /// Writes `Via` with this gateway behind those before it (RFC 9110 §7.6.3).
    @inlinable
    static func via<Sink: OctetSink & ~Copyable>(
        _ fields: inout FieldLines, _ octets: Span<UInt8>, receivedMinor: UInt8,
        into sink: inout Sink
    ) {
        sink.append("Via: ")
        values(of: .via, &fields, octets, into: &sink)
        sink.append(receivedMinor == 0 ? "1.0 " : "1.1 ")
        sink.append(pseudonym)
        sink.append("\r\n")
    }

    /// Writes the field that says where the body ends, if one does.
    @inlinable
    static func framing<Sink: OctetSink & ~Copyable>(
        _ framing: BodyFraming, into sink: inout Sink
    ) {
        switch framing {
        case .none, .untilClose: break
        case .length(let length):
            sink.append("Content-Length: ")
            sink.append(decimal: UInt64(clamping: length))
            sink.append("\r\n")
        case .chunked: sink.append("Transfer-Encoding: chunked\r\n")
        }
    }
}
