import Proxy
import Reactor
import Routing
import Synchronization
import Testing

@Suite struct `Table swaps` {
    /// Asks again and again on one connection until told to stop, and counts.
    private final class Asker: Sendable {
        let answered = Atomic<Int>(0)
        let failed = Atomic<Int>(0)
        let isStopped = Atomic<Bool>(false)
        let ended = Atomic<Int>(0)

        func run(_ port: UInt16) {
            defer { ended.add(1, ordering: .sequentiallyConsistent) }
            do {
                let wire = try Wire.connect(port)
                while !isStopped.load(ordering: .sequentiallyConsistent) {
                    try wire.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
                    if try wire.readResponse().status == 200 {
                        answered.add(1, ordering: .sequentiallyConsistent)
                    } else {
                        failed.add(1, ordering: .sequentiallyConsistent)
                    }
                }
            } catch {
                failed.add(1, ordering: .sequentiallyConsistent)
            }
        }
    }

    @Test func `no request fails while the table is swapped 300 times`() throws {
        let first = try EndpointServer.echo(name: "first")
        let second = try EndpointServer.echo(name: "second")
        let tables = [try RouteTable.all(to: first.port), try RouteTable.all(to: second.port)]
        let served = try Served(tables[0], loops: 2)
        let asker = Asker()
        let askers = 8
        for _ in 0..<askers {
            try LoopThread.start(name: "asker") { [port = served.port] in asker.run(port) }
        }
        for round in 1...300 {
            served.gateway.publish(tables[round % 2])
            try yieldAMoment()
        }
        asker.isStopped.store(true, ordering: .sequentiallyConsistent)
        while asker.ended.load(ordering: .sequentiallyConsistent) < askers { try yieldAMoment() }
        #expect(asker.failed.load(ordering: .sequentiallyConsistent) == 0)
        #expect(asker.answered.load(ordering: .sequentiallyConsistent) > 300)
    }

    @Test func `a request in flight keeps the table that decided it`() throws {
        let gate = try Wakeup()
        let slow = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            _ = gate.wait(timeoutMs: 5_000)
            try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow")
        }
        let other = try EndpointServer.echo()
        let former = try RouteTable.all(to: slow.port, route: "former")
        let served = try Served(former)
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        while slow.connectionCount == 0 { try yieldAMoment() }
        served.gateway.publish(try RouteTable.all(to: other.port, route: "latter"))
        while try served.get().head["served-by"] != "echo" { try yieldAMoment() }
        gate.signal()
        let response = try wire.readResponse()
        #expect(response.text == "slow")
        #expect(response.head["commonway-route"]?.contains("former") == true)
    }

    @Test func `connections to endpoints that no table names any more are closed`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try wire.readResponse()
        while served.gateway.counters.upstreamsOpen != 1 { try yieldAMoment() }
        served.gateway.publish(try RouteTable.compiled([]))
        while served.gateway.counters.upstreamsOpen != 0 { try yieldAMoment() }
        #expect(try served.get().status == 404)
    }

    @Test func `a table that was replaced is let go of by every loop`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(nil, loops: 2)
        var published: [Held] = []
        for number in 0..<50 {
            let table = try RouteTable.all(to: endpoint.port, route: "n\(number)")
            published.append(Held(table: table))
            served.gateway.publish(table)
            #expect(try served.get().status == 200)
        }
        // Both loops hold the last one; no loop and no request holds another.
        while published.dropLast().contains(where: { $0.table != nil }) { try yieldAMoment() }
        #expect(published.last?.table != nil)
    }

    /// A table that the test does not keep.
    private struct Held {
        weak var table: RouteTable?
    }
}
