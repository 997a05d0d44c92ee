import NIOCore

/// Bodies of any size in which every block tells where it belongs.
///
/// A block of 4,096 octets begins with its own offset in fifteen hexadecimal digits and a newline,
/// and goes on with counted lines. Octets that were lost, repeated or reordered on the way show.
enum EchoBody {
    /// The octets of a block.
    static let blockOctets = 4_096
    /// The octets made at a time, a multiple of a block's.
    static let chunkOctets: Int64 = 64 * 1024
    private static let lineOctets = 16

    /// What follows a block's first line: the lines 1…255, each naming its number.
    private static let lines: ByteBuffer = {
        var buffer = ByteBuffer()
        for line in 1..<(blockOctets / lineOctets) {
            buffer.writeBytes(Self.line(Int64(line)))
        }
        return buffer
    }()

    /// The part of the body that begins at `offset`, a multiple of a chunk's octets.
    ///
    /// - Parameter size: The octets of the whole body.
    static func chunk(at offset: Int64, of size: Int64) -> ByteBuffer {
        let count = min(chunkOctets, size - offset)
        var buffer = ByteBuffer()
        var block = offset
        while block < offset + count {
            buffer.writeBytes(line(block))
            buffer.writeImmutableBuffer(lines)
            block += Int64(blockOctets)
        }
        return buffer.readSlice(length: Int(count)) ?? ByteBuffer()
    }

    /// Fifteen hexadecimal digits and a newline.
    private static func line(_ number: Int64) -> [UInt8] {
        let digits = Array(String(number, radix: 16).utf8)
        let zeros = [UInt8](
            repeating: UInt8(ascii: "0"), count: max(0, lineOctets - 1 - digits.count))
        return zeros + digits + [UInt8(ascii: "\n")]
    }
}
