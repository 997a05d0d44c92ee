import Reactor
import Synchronization
import Testing

/// What loops share with other threads.
@Suite struct `Shared numbers` {
    @Test func `a bank is read while its loop counts`() throws {
        let bank = CounterBank(count: 3)
        let done = try Wakeup()
        try LoopThread.start(name: "counting") {
            for _ in 0..<100_000 { bank.add(1, to: 1) }
            bank.set(2, to: 7)
            done.signal()
        }
        var last = 0
        while !done.wait(timeoutMs: 0) {
            #expect(bank[1] >= last)
            last = bank[1]
        }
        #expect([bank[0], bank[1], bank[2]] == [0, 100_000, 7])
    }

    @Test func `records come out of a queue whole and in order, over many turns of the ring`()
        throws
    {
        let queue = OctetQueue(capacity: 256)
        let count = 20_000
        try LoopThread.start(name: "writing") {
            var record = Buffer(capacity: 64)
            for number in 0..<count {
                record.clear()
                let text = Array("<\(number)>".utf8)
                record.append(text.span)
                while !queue.push(record) {}
            }
        }
        var text = ""
        while !text.hasSuffix("<\(count - 1)>") {
            queue.drain { (run: Span<UInt8>) in
                text += String(decoding: run.indices.map { run[$0] }, as: UTF8.self)
            }
        }
        #expect(text == (0..<count).map { "<\($0)>" }.joined())
    }

    @Test func `a record for which there is no room is not taken at all`() {
        let queue = OctetQueue(capacity: 16)
        var record = Buffer(capacity: 32)
        record.append("0123456789")
        let pushes = (queue.push(record), queue.push(record))
        #expect(pushes == (true, false))
        #expect(queue.count == 10)
        var taken = 0
        queue.drain { (run: Span<UInt8>) in taken += run.count }
        #expect(taken == 10)
        let isTaken = queue.push(record)
        #expect(isTaken)
    }
}

@Suite struct `Connection limiter` {
    private func network(_ text: String) throws -> UInt64 {
        try #require(SocketAddress(numeric: text, port: 1)).networkKey
    }

    @Test func `an address is admitted up to its limit, and again after it left`() throws {
        let limiter = ConnectionLimiter(processMax: 100, addressMax: 2, seed: 1)
        let (first, second) = (try network("192.0.2.1"), try network("192.0.2.2"))
        #expect(limiter.admit(first) == .admitted)
        #expect(limiter.admit(first) == .admitted)
        #expect(limiter.admit(first) == .addressFull)
        #expect(limiter.admit(second) == .admitted)
        limiter.leave(first)
        #expect(limiter.admit(first) == .admitted)
        #expect(limiter.openCount == 3)
    }

    @Test func `the process is full whoever asks`() throws {
        let limiter = ConnectionLimiter(processMax: 2, addressMax: 10, seed: 1)
        #expect(limiter.admit(try network("192.0.2.1")) == .admitted)
        #expect(limiter.admit(try network("::1")) == .admitted)
        #expect(limiter.isFull)
        #expect(limiter.admit(try network("192.0.2.3")) == .processFull)
    }

    @Test func `a /64 of IPv6 is one address, and an IPv4-mapped one is IPv4`() throws {
        #expect(try network("2001:db8::1") == network("2001:db8::ffff:2"))
        #expect(try network("2001:db8::1") != network("2001:db8:0:1::1"))
        #expect(try network("::ffff:192.0.2.1") == network("192.0.2.1"))
        #expect(try network("0.0.0.0") != 0)
    }

    @Test func `many addresses do not take each other's places`() throws {
        let limiter = ConnectionLimiter(processMax: .max, addressMax: 2, seed: 42)
        var refused = 0
        for index in 0..<5_000 {
            let key = try network("10.\(index >> 8).\(index & 255).1")
            for _ in 0..<2 where limiter.admit(key) != .admitted { refused += 1 }
        }
        #expect(refused == 0)
    }
}

@Suite struct `Address networks` {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
        ("192.0.2.128/25", "192.0.2.129", true), ("192.0.2.128/25", "192.0.2.127", false),
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
        ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false),
        ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("2001:db8::/33", "2001:db8:7fff::1", true),
        ("2001:db8::/33", "2001:db8:8000::1", false), ("::/0", "::1", true),
    ])
    func `an address lies in a network or not`(
        _ network: String, _ address: String, _ expected: Bool
    ) throws {
        let found = try #require(AddressNetwork(network))
        let peer = try #require(SocketAddress(numeric: address, port: 9))
        #expect(found.contains(peer) == expected)
    }

    @Test(arguments: [
        "", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.1/8", "10.0.0.0/8/8", "name/8",
        "2001:db8::1/64", "2001:db8::/129",
    ])
    func `what is no network is refused`(_ text: String) {
        #expect(AddressNetwork(text) == nil)
    }
}
