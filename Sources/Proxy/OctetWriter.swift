internal import HTTP1
internal import Reactor

/// A buffer while HTTP1 writes into it. `Buffer` cannot be an `OctetSink` itself without making
/// both rooms' types public; taking its storage over for a moment costs a few moves.
struct OctetWriter: ~Copyable, OctetSink {
    private var buffer = Buffer()

    /// Takes a buffer's storage and what waits in it; `giveBack` returns both.
    init(taking buffer: inout Buffer) {
        swap(&self.buffer, &buffer)
    }

    /// Returns the storage to where it came from.
    mutating func giveBack(to buffer: inout Buffer) {
        swap(&self.buffer, &buffer)
    }

    @inline(__always) mutating func append(_ octets: Span<UInt8>) { buffer.append(octets) }

    @inline(__always) mutating func append(_ octet: UInt8) { buffer.append(octet) }

    @inline(__always) mutating func append(_ text: StaticString) { buffer.append(text) }
}
