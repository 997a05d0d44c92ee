import Proxy
import Reactor
import Routing
import Testing

@Suite struct `Connections` {
    @Test func `64 clients keep their connections over many requests`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port), loops: 2)
        let wires = try (0..<64).map { _ in try served.connect() }
        for round in 0..<20 {
            for (number, wire) in wires.enumerated() {
                try wire.send("GET /\(round)/\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
            }
            for (number, wire) in wires.enumerated() {
                let response = try wire.readResponse()
                #expect(response.text.hasPrefix("GET /\(round)/\(number) "))
            }
        }
        #expect(endpoint.connectionCount <= 64)
        #expect(served.gateway.counters.clientsAccepted == 64)
    }

    @Test func `requests sent at once are answered in order`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        let requests = (0..<500).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }
        try wire.send(requests.joined())
        for number in 0..<500 {
            #expect(try wire.readResponse().text.hasPrefix("GET /\(number) "))
        }
    }

    @Test func `a request that comes octet by octet is understood`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        let request = "POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        for octet in Array((request + "3\r\nabc\r\n0\r\n\r\n").utf8) { try wire.send([octet]) }
        #expect(try wire.readResponse().text.hasSuffix("\n\nabc"))
    }

    @Test func `a response that comes octet by octet is understood`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            let answer =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
            for octet in Array(answer.utf8) { try wire.send([octet]) }
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        #expect(try served.get().text == "abc")
    }

    @Test func `a kept connection that turns out stale is replaced, once and unseen`() throws {
        // Each connection serves one request and is closed when the next one comes.
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            _ = try wire.readHead()
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        for _ in 0..<5 {
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try wire.readResponse().status == 200)
        }
        #expect(endpoint.connectionCount == 5)
        #expect(served.gateway.counters.retries == 4)
    }

    @Test func `a request that must not be repeated is not, on a stale connection`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            _ = try wire.readHead()
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
        try wire.send(post)
        #expect(try wire.readResponse().status == 200)
        try wire.send(post)
        #expect(try wire.readResponse().head["commonway-error"] == "endpoint-closed")
    }

    @Test func `a connection that the endpoint ends while idle is not used again`() throws {
        let endpoint = try EndpointServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        for _ in 0..<3 {
            try wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
            #expect(try wire.readResponse().status == 200)
            while served.gateway.counters.upstreamsOpen > 0 { try yieldAMoment() }
        }
    }

    @Test func `octets behind a complete response end the connection to the endpoint`() throws {
        let endpoint = try EndpointServer { wire, _ in
            while true {
                _ = try wire.readHead()
                try wire.send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 Mine\r\n\r\n")
            }
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        for _ in 0..<3 {
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try wire.readResponse().text == "ok")
        }
        #expect(endpoint.connectionCount == 3)
    }

    @Test func `Connection close is honoured, and HTTP 1.0 may keep its connection`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n")
        #expect(try wire.readResponse().head["connection"] == "keep-alive")
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(try wire.readResponse().head["connection"] == "close")
        #expect(wire.endsWithoutMore())
    }

    @Test func `a client that ended its direction still gets its answer`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        wire.endWriting()
        #expect(try wire.readResponse().status == 200)
        #expect(wire.endsWithoutMore())
    }

    @Test func `a client that leaves within its body ends the request at the endpoint`() throws {
        let endpoint = try EndpointServer { wire, _ in
            let head = try wire.readHead()
            _ = try wire.readBody(of: head)
            try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf")
        wire.endWriting()
        #expect(wire.endsWithoutMore())
    }

    @Test func `an idle connection is closed after its time`() throws {
        let served = try Served(nil) { $0.timeouts.clientIdleMs = 150 }
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try wire.readResponse().status == 503)
        #expect(wire.endsWithoutMore())
    }

    @Test func `a head that takes too long is answered 408`() throws {
        let served = try Served(nil) { $0.timeouts.headMs = 200 }
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.1\r\nHo")
        #expect(try wire.readResponse().status == 408)
        #expect(wire.endsWithoutMore())
    }

    @Test func `a body that comes too slowly is answered 408`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port)) {
            $0.timeouts.paceWindowMs = 200
        }
        let wire = try served.connect()
        try wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\nslow")
        #expect(try wire.readResponse().head["commonway-error"] == "body-timeout")
    }

    @Test func `a client that does not take its response is let go`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n")
            try wire.send([UInt8](repeating: 0x78, count: 50_000_000))
        }
        let served = try Served(RouteTable.all(to: endpoint.port)) {
            $0.timeouts.paceWindowMs = 200
        }
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        while served.gateway.counters.clientsAccepted == 0 { try yieldAMoment() }
        while served.gateway.counters.clientsOpen > 0 { try yieldAMoment() }
        #expect(throws: Wire.Fault.self) { try wire.readToEnd() }
    }

    @Test func `a second gateway on the same address is refused by name`() throws {
        let served = try Served(nil)
        let address = served.gateway.boundAddresses[0]
        let configuration = GatewayConfiguration(listeners: [address], loopCount: 2)
        #expect(throws: GatewayError.addressInUse(address)) { try Gateway(configuration) }
    }

    @Test func `a stop lets the request in hand finish and takes no other`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            _ = wire.isSilent(forMs: 300)
            try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let idle = try served.connect()
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        while served.gateway.counters.requests == 0 { try yieldAMoment() }
        try LoopThread.start(name: "stopper") { [gateway = served.gateway] in
            gateway.stop(drain: .seconds(5))
        }
        let response = try wire.readResponse()
        #expect(response.text == "done")
        #expect(response.head["connection"] == "close")
        #expect(idle.endsWithoutMore())
        #expect(throws: Wire.Fault.self) { try served.get() }
    }
}
