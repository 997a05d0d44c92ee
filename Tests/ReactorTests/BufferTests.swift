import Reactor
import Testing

@Suite struct `Octet buffers` {
    private func octets(_ buffer: borrowing Buffer) -> [UInt8] {
        var copy: [UInt8] = []
        let span = buffer.span
        for index in span.indices { copy.append(span[index]) }
        return copy
    }

    @Test func `what is appended comes out in order`() {
        var buffer = Buffer(capacity: 16)
        buffer.append("abc")
        buffer.append(0x64)
        let more: [UInt8] = [0x65, 0x66]
        buffer.append(more.span)
        #expect(octets(buffer) == Array("abcdef".utf8))
        buffer.consume(2)
        #expect(octets(buffer) == Array("cdef".utf8))
    }

    @Test func `what does not fit is not written and is remembered`() {
        var buffer = Buffer(capacity: 4)
        buffer.append("abc")
        buffer.append("de")
        #expect(octets(buffer) == Array("abc".utf8))
        #expect((buffer.overflowed) == true)
    }

    @Test func `compacting makes room and keeps what waits`() {
        var buffer = Buffer(capacity: 8)
        buffer.append("abcdefgh")
        buffer.consume(5)
        #expect(buffer.room == 0)
        buffer.compact()
        #expect(buffer.room == 5)
        #expect(octets(buffer) == Array("fgh".utf8))
    }

    @Test func `a buffer without storage holds nothing and takes nothing`() {
        var buffer = Buffer()
        buffer.append("a")
        #expect((buffer.isEmpty) == true)
        #expect(buffer.isAttached == false)
        #expect((buffer.overflowed) == true)
    }

    @Test func `growing in the pool keeps what waits`() {
        var pool = BufferPool()
        var buffer = Buffer()
        pool.attachSmall(&buffer)
        buffer.append("waiting")
        buffer.consume(1)
        pool.grow(&buffer)
        #expect(buffer.capacity == BufferPool.largeOctets)
        #expect(octets(buffer) == Array("aiting".utf8))
        pool.detach(&buffer)
        #expect(buffer.isAttached == false)
    }

    @Test func `storage that was used comes back empty`() {
        var pool = BufferPool()
        var buffer = Buffer()
        pool.attachSmall(&buffer)
        buffer.append("secret of one connection")
        pool.detach(&buffer)
        var other = Buffer()
        pool.attachSmall(&other)
        #expect((other.isEmpty) == true)
        #expect(other.capacity == BufferPool.smallOctets)
    }
}
