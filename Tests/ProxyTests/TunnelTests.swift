import Proxy
import Routing
import Testing

/// Connections that change to another protocol through the gateway.
@Suite struct `Tunnels` {
    private static let wish =
        "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    private static let change =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"

    /// An endpoint that changes the protocol and then sends back what it gets.
    private static func echo(ahead: String = "") throws -> EndpointServer {
        try EndpointServer { wire, _ in
            wire.limitMs = 60_000
            let head = try wire.readHead()
            guard head["upgrade"] == "websocket" else {
                try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain")
                return
            }
            try wire.send(change + ahead)
            while true { try wire.send(try wire.read(1)) }
        }
    }

    private func open(_ served: Served, _ text: String = wish) throws -> (Wire, Head) {
        let wire = try served.connect()
        try wire.send(text)
        return (wire, try wire.readHead())
    }

    @Test func `octets pass both ways after 101, which cites the vote`() throws {
        let endpoint = try Self.echo(ahead: "welcome")
        let served = try Served(RouteTable.all(to: endpoint.port))
        let (wire, head) = try open(served, Self.wish + "sent ahead")
        #expect(head.startLine == "HTTP/1.1 101 Switching Protocols")
        #expect(head["upgrade"] == "websocket")
        #expect(head["connection"] == "Upgrade")
        #expect(head["commonway-route"]?.hasPrefix("route=\"all/#1\"") == true)
        #expect(try wire.read(through: "welcome") == "welcome")
        #expect(try wire.read(through: "ahead") == "sent ahead")
        for round in 0..<100 {
            try wire.send("<\(round)>")
            #expect(try wire.read(through: ">") == "<\(round)>")
        }
        #expect(served.gateway.counters.tunnelsOpen == 1)
    }

    @Test func `much passes under backpressure and arrives whole`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send(Self.change)
            try wire.discard(8 << 20)
            try wire.sendZeros(8 << 20)
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let (wire, _) = try open(served)
        try wire.sendZeros(8 << 20)
        try wire.discard(8 << 20)
        #expect(wire.endsWithoutMore())
    }

    @Test func `a tunnel outlives the table that opened it, and later ones`() throws {
        let endpoint = try Self.echo()
        let other = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let (wire, _) = try open(served)
        for number in 0..<20 {
            served.gateway.publish(try .all(to: other.port, route: "r\(number)"))
            try wire.send("\(number).")
            #expect(try wire.read(through: ".") == "\(number).")
        }
        #expect(try served.get().text.hasPrefix("GET / "))
    }

    @Test func `one side's end is passed on, and the other may still send`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send(Self.change)
            let got = try wire.readToEnd()
            try wire.send("got \(got)")
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let (wire, _) = try open(served)
        try wire.send("all")
        wire.endWriting()
        #expect(try wire.readToEnd() == "got all")
        while served.gateway.counters.tunnelsOpen > 0 { try yieldAMoment() }
        while served.gateway.counters.upstreamsOpen > 0 { try yieldAMoment() }
    }

    @Test func `a tunnel through which nothing passes is closed`() throws {
        let endpoint = try Self.echo()
        let served = try Served(RouteTable.all(to: endpoint.port)) {
            $0.timeouts.tunnelIdleMs = 100
        }
        let (wire, _) = try open(served)
        #expect(wire.endsWithoutMore())
        #expect(served.gateway.counters.tunnelsMade == 1)
    }

    @Test func `an endpoint that breaks off breaks the client's side off`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send(Self.change + "x")
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let (wire, _) = try open(served)
        #expect(try wire.read(1) == [0x78])
        #expect(wire.endsWithoutMore())
    }

    @Test func `an endpoint that does not change answers as to any request`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send(Self.wish)
        let response = try wire.readResponse()
        #expect(response.status == 200)
        #expect(response.text.contains("upgrade: websocket\n"))
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try wire.readResponse().status == 200)
    }

    @Test(arguments: [
        "GET / HTTP/1.0\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
            + "HTTP2-Settings: AA\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n",
    ])
    func `a wish that is none, or for HTTP/2, does not go on`(_ request: String) throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let response = try served.ask(request)
        #expect(response.status == 200)
        #expect(!response.text.contains("pgrade"))
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "bad-response:unasked-upgrade"),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Content-Length: 5\r\n\r\n", "bad-response:early-upgrade"
        ),
    ])
    func `a 101 that nobody asked for, or too early, is answered 502`(
        _ request: String, _ kind: String
    ) throws {
        let endpoint = try EndpointServer.saying(Self.change)
        let served = try Served(RouteTable.all(to: endpoint.port))
        let response = try served.ask(request)
        #expect(response.status == 502)
        #expect(response.head["commonway-error"] == kind)
    }
}
