import Reactor
import Testing

@Suite struct `Sockets` {
    private func loopback(_ port: UInt16 = 0) throws -> SocketAddress {
        try #require(SocketAddress(numeric: "127.0.0.1", port: port))
    }

    /// Turns a loop until it reports on a token, at most for two seconds.
    private func event(on token: Token, in loop: inout EventLoop) -> Readiness? {
        for _ in 0..<20 {
            let count = loop.wait(atMostMs: 100)
            for index in 0..<count where loop.event(at: index).token == token {
                return loop.event(at: index).readiness
            }
        }
        return nil
    }

    @Test func `a connection carries octets both ways and ends in order`() throws {
        var loop = try EventLoop(timerCapacity: 4)
        let listener = try Listener.sharing(loopback())
        try loop.register(listener, token: Token(kind: 1, index: 0, generation: 1))
        var pending = false
        let near = try Socket.connecting(to: listener.address, isPending: &pending)
        #expect(event(on: Token(kind: 1, index: 0, generation: 1), in: &loop)?.isReadable == true)
        var peer = try loopback()
        var far = try listener.accept(peer: &peer)
        #expect(peer.host == "127.0.0.1")
        let taken = far.take()
        var out = Buffer(capacity: 64)
        out.append("hello")
        #expect(near.send(&out) == .moved(5))
        near.endWriting()
        guard let server = taken else {
            Issue.record("nobody waited")
            return
        }
        let token = Token(kind: 2, index: 7, generation: 3)
        try loop.register(server, token: token)
        let readiness = try #require(event(on: token, in: &loop))
        #expect(readiness.isReadable && readiness.isPeerEnded)
        var input = Buffer(capacity: 64)
        #expect(server.receive(into: &input) == .moved(5))
        #expect(server.receive(into: &input) == .ended)
        out.append("head ")
        #expect(server.send(&out, then: input, at: 1, count: 3) == .moved(3))
        var answer = Buffer(capacity: 64)
        #expect(near.receive(into: &answer) == .moved(8))
        #expect(near.receive(into: &answer) == .blocked)
    }

    @Test func `an address in use is refused, shared or not, and named as such`() throws {
        let first = try Listener.sharing(loopback())
        let address = first.address
        #expect(throws: SystemError(.listen, code: 98)) { try Listener.probe(address) }
        let second = try Listener.sharing(address)
        #expect(second.address == address)
    }

    @Test func `connecting where nobody listens fails with the reason`() throws {
        var loop = try EventLoop(timerCapacity: 1)
        let address = try Listener.sharing(loopback()).address
        var pending = false
        let socket = try Socket.connecting(to: address, isPending: &pending)
        let token = Token(kind: 1, index: 1, generation: 1)
        try loop.register(socket, token: token)
        #expect(event(on: token, in: &loop)?.isFailed == true)
        #expect(socket.pendingError == 111)
    }

    @Test func `a full connection blocks and says when there is room again`() throws {
        var loop = try EventLoop(timerCapacity: 1)
        let listener = try Listener.sharing(loopback())
        var pending = false
        let near = try Socket.connecting(to: listener.address, isPending: &pending)
        let token = Token(kind: 1, index: 1, generation: 1)
        try loop.register(near, token: token)
        #expect(event(on: token, in: &loop)?.isWritable == true)
        var peer = try loopback()
        guard let far = try listener.accept(peer: &peer) else {
            Issue.record("nobody waited")
            return
        }
        var block = Buffer(capacity: 65_536)
        let zeros = [UInt8](repeating: 0, count: 65_536)
        var last = Transfer.moved(0)
        while last != .blocked {
            block.clear()
            block.append(zeros.span)
            last = near.send(&block)
        }
        var taken = Buffer(capacity: 1 << 22)
        while far.receive(into: &taken) != .blocked { taken.clear() }
        #expect(event(on: token, in: &loop)?.isWritable == true)
    }

    @Test func `a mailbox wakes the loop and keeps the order of messages`() throws {
        var loop = try EventLoop(timerCapacity: 1)
        let mailbox = try Mailbox<Int>()
        let token = Token(kind: 3, index: 0, generation: 0)
        try mailbox.register(in: loop, token: token)
        try LoopThread.start(name: "poster") {
            for number in 0..<3 { mailbox.post(number) }
        }
        var taken: [Int] = []
        while taken.count < 3 {
            _ = try #require(event(on: token, in: &loop))
            taken += mailbox.takeAll()
        }
        #expect(taken == [0, 1, 2])
    }

    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1", SocketAddress.Family.v4), ("::1", "::1", .v6),
        ("[::1]", "::1", .v6), ("::ffff:10.0.0.7", "10.0.0.7", .v4),
    ])
    func `numeric addresses are read and written`(
        text: String, host: String, family: SocketAddress.Family
    ) throws {
        let address = try #require(SocketAddress(numeric: text, port: 81))
        #expect(address.host == host)
        #expect(address.port == 81)
        #expect(address.family == family)
    }

    @Test(arguments: ["", "localhost", "256.1.1.1", "1.2.3", "[::1", "127.0.0.1 "])
    func `what is no numeric address is not taken for one`(text: String) {
        #expect(SocketAddress(numeric: text, port: 81) == nil)
    }

    @Test(arguments: [
        ("169.254.169.254", true), ("fe80::1", true), ("::ffff:169.254.0.1", true),
        ("10.0.0.1", false), ("::1", false),
    ])
    func `link-local addresses are recognised in every spelling`(
        text: String, expected: Bool
    ) throws {
        #expect(try #require(SocketAddress(numeric: text, port: 1)).isLinkLocal == expected)
    }
}
