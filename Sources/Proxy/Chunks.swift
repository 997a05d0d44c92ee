internal import HTTP1
internal import Reactor

/// Chunks as we write them: anew from what was decoded, so that extensions, odd spellings and
/// whatever else two parsers could read differently end here.
enum Chunks {
    /// The most octets that framing adds to a run of data, the last chunk's line and a trailer
    /// line's separators included.
    static let framingOctetsMax = 64

    /// Writes a chunk of data; the caller made sure of the room.
    static func writeData(_ data: Span<UInt8>, into output: inout Buffer) {
        var writer = OctetWriter(taking: &output)
        ChunkWriter.header(of: data.count, into: &writer)
        writer.append(data)
        ChunkWriter.end(into: &writer)
        writer.giveBack(to: &output)
    }

    /// Writes a trailer line, the last chunk before the first of them.
    static func writeTrailer(
        _ line: FieldLine, in octets: Span<UInt8>, into output: inout Buffer,
        _ hasBegun: inout Bool
    ) {
        var writer = OctetWriter(taking: &output)
        if !hasBegun { ChunkWriter.last(into: &writer) }
        hasBegun = true
        HeadWriter.trailer(line, octets, into: &writer)
        writer.giveBack(to: &output)
    }

    /// Writes the end of the body.
    static func writeEnd(into output: inout Buffer, _ hasTrailers: Bool) {
        output.append(hasTrailers ? "\r\n" : "0\r\n\r\n")
    }

    /// Refuses a trailer line that is longer than what we hold at once, which would otherwise be
    /// waited for without end.
    ///
    /// - Parameters:
    ///   - count: octets that the decoder was given and of which it used none.
    ///   - waiting: octets that have come.
    static func requireProgress(
        _ count: Int, of waiting: Int, _ output: borrowing Buffer, side: MessageSide
    ) throws(MessageError) {
        if count < waiting && output.isEmpty {
            throw MessageError(.headTooLarge, side: side, at: 0, limit: count)
        }
    }
}
