/// Writes the framing of the chunked coding (RFC 9112 §7.1).
@usableFromInline package enum ChunkWriter {
    /// The most octets that ``header(of:into:)`` writes.
    @usableFromInline package static let headerOctetsMax = 18

    /// Writes the line before a chunk's data.
    ///
    /// - Parameter count: The data's octets, 1 or more: a chunk of 0 would end the body.
    @inlinable
    package static func header<Sink: OctetSink & ~Copyable>(of count: Int, into sink: inout Sink) {
        sink.append(hexadecimal: UInt64(count))
        end(into: &sink)
    }

    /// Writes the line end behind a chunk's data.
    @inlinable
    package static func end<Sink: OctetSink & ~Copyable>(into sink: inout Sink) {
        sink.append(0x0D)
        sink.append(0x0A)
    }

    /// Writes the last chunk's line; trailer lines and ``end(into:)`` follow.
    @inlinable
    package static func last<Sink: OctetSink & ~Copyable>(into sink: inout Sink) {
        sink.append("0\r\n")
    }
}
