import CanonicalJSON
import Proxy
import Reactor
import Routing
import TestKit
import Testing

/// What a gateway keeps of its traffic, counted on real connections.
@Suite struct `Traffic` {
    private func digits(_ table: RouteTable) -> String { String(table.digest.hex.prefix(16)) }

    private func kind(
        _ table: RouteTable, _ rule: String = "all/#1", host: String = "a.example.org",
        method: String = "GET", _ status: TrafficKind.Status = .successful
    ) -> TrafficKind {
        TrafficKind(
            table: digits(table), rule: rule, host: host, method: method, status: status)
    }

    /// Waits until so many requests were counted.
    private func counts(_ total: Int64, of served: Served) throws -> [TrafficKind: Int64] {
        let traffic = try #require(served.gateway.traffic)
        while traffic.summary.total < total { try yieldAMoment() }
        return traffic.summary.counts
    }

    @Test func `requests are counted by rule, host, method and status class`() throws {
        let endpoint = try EndpointServer.echo()
        let table = try RouteTable.compiled([
            RouteTable.backend("only", [endpoint.port]), RouteTable.backend("gone", [1]),
            RouteTable.route("all", prefix: "/all", to: [("only", 1)]),
            RouteTable.route("gone", prefix: "/gone", to: [("gone", 1)]),
        ])
        let served = try Served(table)
        for _ in 0..<3 { _ = try served.get("/all/secret?token=1", host: "A.Example.org:80") }
        _ = try served.ask("BREW /all HTTP/1.1\r\nHost: a.example.org\r\n\r\n")
        _ = try served.get("/gone", host: "a.example.org")
        _ = try served.get("/else", host: "b.example.org")
        let counts = try counts(6, of: served)
        #expect(
            counts == [
                kind(table): 3, kind(table, method: ""): 1,
                kind(table, "gone/#1", .serverError): 1,
                kind(table, "", host: "b.example.org", .clientError): 1,
            ])
    }

    @Test func `what is no request that a table decides is not counted`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(try .all(to: endpoint.port))
        _ = try served.ask("GET / HTTP/1.1\r\n\r\n")
        _ = try served.ask("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try served.get()
        #expect(try counts(1, of: served).values.reduce(0, +) == 1)
    }

    @Test(arguments: [String(repeating: "a", count: 65), "a\u{e9}b", "a%20b"])
    func `a host that is none, or too long to keep, is not told`(_ host: String) throws {
        let endpoint = try EndpointServer.echo()
        let table = try RouteTable.all(to: endpoint.port)
        let served = try Served(table)
        let status = try served.get(host: host).status
        #expect(
            try status != 200 || counts(1, of: served) == [kind(table, host: ""): 1])
    }

    @Test func `the admin listener gives it as JSON, without paths, queries and addresses`() throws
    {
        let endpoint = try EndpointServer.echo()
        let admin = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let served = try Served(try .all(to: endpoint.port)) { $0.admin = admin }
        let address = try #require(try served.gateway.startAdmin())
        _ = try served.ask(
            "GET /reset/jane?token=hunter2 HTTP/1.1\r\nHost: a\r\n"
                + "X-Forwarded-For: 192.0.2.7\r\n\r\n"
        )
        _ = try counts(1, of: served)
        let response = try Self.get(address, "/traffic")
        #expect(response.status == 200)
        #expect(response.head["content-type"] == "application/json")
        let value = try JSONValue(parsing: response.body, form: .canonical)
        #expect(value["verified"] == false)
        #expect(try TrafficSummary(value).total == 1)
        for secret in ["reset", "jane", "token", "hunter2", "192.0.2.7", "127.0.0.1"] {
            #expect(!response.text.contains(secret))
        }
    }

    private static func get(_ address: SocketAddress, _ path: String) throws -> Response {
        var isPending = false
        let wire = try Wire(Socket.connecting(to: address, isPending: &isPending))
        try wire.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return try wire.readResponse()
    }

    @Test func `a gateway that counts none says so`() throws {
        let endpoint = try EndpointServer.echo()
        let admin = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let served = try Served(try .all(to: endpoint.port)) {
            $0.admin = admin
            $0.countsTraffic = false
        }
        let address = try #require(try served.gateway.startAdmin())
        #expect(try served.get().status == 200)
        #expect(served.gateway.traffic == nil)
        #expect(try Self.get(address, "/traffic").status == 404)
    }

    @Test func `a hundred thousand hosts take no more room than some hundreds`() throws {
        let table = try RouteTable.compiled([
            RouteTable.backend("only", [1]),
            RouteTable.route("all", prefix: "/all", to: [("only", 1)]),
        ])
        let served = try Served(table)
        let wire = try served.connect()
        let requests = 100_000
        let batch = 100
        for first in stride(from: 0, to: requests, by: batch) {
            let hosts = (first..<first + batch).map { "h\($0)" }
            let heads = hosts.map { "HEAD / HTTP/1.1\r\nHost: \($0)\r\n\r\n" }
            try wire.send(heads.joined())
            for _ in 0..<batch { _ = try wire.read(through: "\r\n\r\n") }
        }
        let counts = try counts(Int64(requests), of: served)
        #expect(counts.values.reduce(0, +) == Int64(requests))
        // The requests may span two hours.
        #expect(counts.count <= 2 * (256 + 1))
        #expect(Set(counts.keys.map(\.rule)) == [""])
    }

    @Test func `each request is counted under the table that decided it`() throws {
        let gate = try Wakeup()
        let slow = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            _ = gate.wait(timeoutMs: 5_000)
            try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let quick = try EndpointServer.echo()
        let first = try RouteTable.all(to: slow.port)
        let second = try RouteTable.all(to: quick.port, route: "second")
        let served = try Served(first)
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.1\r\nHost: a.example.org\r\n\r\n")
        while slow.connectionCount < 1 { try yieldAMoment() }
        served.gateway.publish(second)
        while try served.get().head["served-by"] != "echo" { try yieldAMoment() }
        gate.signal()
        _ = try wire.readResponse()
        let counts = try counts(2, of: served)
        #expect(counts == [kind(first): 1, kind(second, "second/#1"): 1])
    }

    @Test func `nothing is lost when a gateway stops`() throws {
        let endpoint = try EndpointServer.echo()
        let table = try RouteTable.all(to: endpoint.port)
        let served = try Served(table, loops: 2)
        for _ in 0..<5 { _ = try served.get() }
        served.gateway.stop(drain: .zero)
        #expect(try #require(served.gateway.traffic).summary.counts == [kind(table): 5])
    }

    @Test func `what is handed to another is counted there alone`() throws {
        let endpoint = try EndpointServer.echo()
        let table = try RouteTable.all(to: endpoint.port)
        let served = try Served(table)
        _ = try served.get()
        _ = try counts(1, of: served)
        let traffic = try #require(served.gateway.traffic)
        let taken = traffic.take()
        #expect(taken.counts == [kind(table): 1])
        #expect(traffic.summary.isEmpty)
        #expect(traffic.news() == nil)
        traffic.add(taken)
        #expect(traffic.summary == taken)
        // What was taken in is to be kept as what was counted.
        #expect(traffic.news() == taken)
        #expect(traffic.news() == nil)
    }
}
