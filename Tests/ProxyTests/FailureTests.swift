import Proxy
import Reactor
import Routing
import Testing

@Suite struct `Endpoints that fail` {
    /// A port of this machine where nobody listens.
    private func closedPort() throws -> UInt16 {
        let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        return try Listener.sharing(address).address.port
    }

    @Test func `nobody listens: 503, and the client's connection goes on`() throws {
        let served = try Served(RouteTable.all(to: closedPort()))
        let wire = try served.connect()
        for _ in 0..<2 {
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let response = try wire.readResponse()
            #expect(response.status == 503)
            #expect(response.head["commonway-error"] == "connect-failed")
        }
    }

    @Test func `a refused connection moves on to another endpoint`() throws {
        let good = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: closedPort(), closedPort(), good.port))
        for _ in 0..<6 { #expect(try served.get().status == 200) }
    }

    @Test func `a request that a fresh connection swallowed goes to another endpoint, if it may`()
        throws
    {
        let dying = try EndpointServer { wire, _ in _ = try wire.readHead() }
        let well = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: dying.port, well.port))
        for _ in 0..<10 { #expect(try served.get().status == 200) }
        #expect(dying.connectionCount > 0)
        var kinds: Set<String?> = []
        for _ in 0..<10 {
            let response = try served.ask(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
            kinds.insert(response.head["commonway-error"])
        }
        #expect(kinds.isSubset(of: [nil, "endpoint-closed"]))
    }

    @Test func `a body that came already goes to the other endpoint whole`() throws {
        let good = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: closedPort(), good.port))
        for _ in 0..<4 {
            let response = try served.ask(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
            #expect(response.text.hasSuffix("\n\nhello"))
        }
    }

    @Test func `an endpoint that failed 3 times is set aside`() throws {
        let good = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: closedPort(), good.port))
        for _ in 0..<20 { #expect(try served.get().status == 200) }
        #expect(served.gateway.counters.retries <= 3)
    }

    @Test(arguments: [
        ("hello there\r\n\r\n", "bad-response:bad-status-line"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "bad-response:"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "bad-response:"
        ),
        ("HTTP/1.1 200 OK\nContent-Length: 1\n\n1", "bad-response:"),
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "bad-response:unasked-upgrade"),
        ("HTTP/1.1 200 OK\r\nContent-", "bad-response:cut-short"),
        ("\u{1}\u{2}\u{3}", "bad-response:"),
        (Octets("HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 70_000)), "bad-response:"),
    ])
    func `what is no HTTP response becomes 502`(octets: Octets, kind: String) throws {
        let endpoint = try EndpointServer.saying(octets.text)
        let served = try Served(RouteTable.all(to: endpoint.port))
        let response = try served.get()
        #expect(response.status == 502)
        #expect(response.head["commonway-error"]?.hasPrefix(kind) == true, "\(response.head)")
    }

    @Test func `an endpoint that closes without an answer: 503`() throws {
        let endpoint = try EndpointServer.saying("")
        let served = try Served(RouteTable.all(to: endpoint.port))
        let response = try served.get()
        #expect(response.status == 503)
        #expect(response.head["commonway-error"] == "endpoint-closed")
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly thisXX",
    ])
    func `a body cut short or broken is never ended as if whole`(octets: Octets) throws {
        let endpoint = try EndpointServer.saying(octets.text)
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let text = try wire.readToEnd()
        #expect(text.contains("only this"))
        #expect(!text.hasSuffix("0\r\n\r\n"))
        while served.gateway.counters.cutShort == 0 { try yieldAMoment() }
    }

    @Test func `for HTTP 1.0 a chunked body cut short ends with a reset`() throws {
        let endpoint = try EndpointServer.saying(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n")
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.0\r\n\r\n")
        #expect(throws: Wire.Fault.self) { try wire.readToEnd() }
    }

    @Test func `a silent endpoint: 504`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            _ = wire.isSilent(forMs: 3_000)
        }
        let served = try Served(RouteTable.all(to: endpoint.port)) {
            $0.timeouts.firstOctetMs = 200
        }
        let response = try served.get()
        #expect(response.status == 504)
        #expect(response.head["commonway-error"] == "endpoint-timeout")
    }

    @Test func `an endpoint silent in mid-response ends the client's connection`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            _ = wire.isSilent(forMs: 3_000)
        }
        let served = try Served(RouteTable.all(to: endpoint.port)) { $0.timeouts.silenceMs = 200 }
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try wire.readToEnd().hasSuffix("\r\n\r\nhalf"))
    }

    @Test func `connecting that takes too long: 504`() throws {
        // 192.0.2.0/24 is for documentation and leads nowhere; where that is refused at once
        // instead, this machine has no way out at all and the answer is 503.
        let table = try RouteTable.compiled([
            RouteTable.backend("b", [9], host: "192.0.2.1"), RouteTable.route("r", to: [("b", 1)]),
        ])
        let served = try Served(table) {
            $0.timeouts.connectMs = 200
            $0.limits.connectAttemptsMax = 1
        }
        #expect([503, 504].contains(try served.get().status))
    }

    @Test(arguments: ["169.254.169.254", "fe80::1", "127.0.0.1"])
    func `forbidden addresses are refused at connecting`(host: String) throws {
        let council = try EndpointServer.echo()
        let forbidden = try #require(SocketAddress(numeric: "127.0.0.1", port: council.port))
        let table = try RouteTable.compiled([
            RouteTable.backend("b", [council.port], host: host),
            RouteTable.route("r", to: [("b", 1)]),
        ])
        let served = try Served(table) { $0.forbiddenAddresses = [forbidden] }
        let response = try served.get()
        #expect(response.status == 503)
        #expect(response.head["commonway-error"] == "connect-forbidden")
        #expect(council.connectionCount == 0)
    }

    @Test func `a forbidden address is recognised behind a name`() throws {
        let council = try EndpointServer.echo()
        let forbidden = try #require(SocketAddress(numeric: "127.0.0.1", port: council.port))
        let table = try RouteTable.compiled([
            RouteTable.backend("b", [council.port], host: "localhost"),
            RouteTable.route("r", to: [("b", 1)]),
        ])
        let served = try Served(table) { $0.forbiddenAddresses = [forbidden] }
        #expect(try served.get().status == 503)
        #expect(council.connectionCount == 0)
    }

    @Test func `a name is resolved before its table decides`() throws {
        let endpoint = try EndpointServer.echo()
        let table = try RouteTable.compiled([
            RouteTable.backend("b", [endpoint.port], host: "localhost"),
            RouteTable.route("r", to: [("b", 1)]),
        ])
        #expect(try Served(table).get().status == 200)
    }

    @Test func `an early answer of an endpoint that stops reading reaches the client`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig")
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50000000\r\n\r\n")
        let response = try wire.readResponse()
        #expect(response.status == 413)
        #expect(response.text == "big")
    }
}
