import Foundation
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

    @Test func `a table that was replaced gives its memory back`() throws {
        let endpoint = try EndpointServer.echo()
        let routes = (0..<300).map { number in
            RouteTable.route("r\(number)", prefix: "/r\(number)", to: [("b", 1)])
        }
        let table = { (name: String) in
            try RouteTable.compiled(
                [RouteTable.backend("b", [endpoint.port])] + routes
                    + [RouteTable.route(name, to: [("b", 1)])])
        }
        let served = try Served(table("first"), loops: 2)
        func swap(_ count: Int) throws {
            for number in 0..<count {
                served.gateway.publish(try table("n\(number)"))
                #expect(try served.get().status == 200)
            }
        }
        try swap(10)
        let before = try Self.residentKiB()
        try swap(80)
        // Two loops' copies of 80 tables would take some 70 MiB; other tests run beside.
        #expect(try Self.residentKiB() - before < 30 * 1024)
    }

    private static func residentKiB() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return Int(line?.split(separator: " ").dropFirst().first ?? "") ?? 0
    }
}
