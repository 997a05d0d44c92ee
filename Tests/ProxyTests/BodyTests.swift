import Proxy
import Routing
import Testing

@Suite struct `Bodies` {
    /// Octets that show where they belong.
    private func pattern(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 ^ $0 >> 8 ^ $0 >> 16) }
    }

    @Test(arguments: [0, 1, 2_047, 2_048, 2_049, 8_191, 8_192, 70_000, 3_000_000])
    func `a body of known length goes there and back`(count: Int) throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let body = pattern(count)
        let wire = try served.connect()
        try wire.send("PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n")
        try wire.send(body)
        let response = try wire.readResponse()
        #expect(response.status == 200)
        #expect(Array(response.body.suffix(count)) == body)
        try wire.send("GET /again HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try wire.readResponse().text.hasPrefix("GET /again "))
    }

    @Test(arguments: [1, 7, 300, 8_000, 100_000])
    func `a chunked body is decoded, written anew and the connection goes on`(size: Int) throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let body = pattern(size * 5)
        let wire = try served.connect()
        try wire.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        for piece in 0..<5 {
            try wire.send("\(String(size, radix: 16));ext=\"1\"\r\n")
            try wire.send(Array(body[piece * size..<(piece + 1) * size]))
            try wire.send("\r\n")
        }
        try wire.send("0\r\nX-Trailer: t\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n")
        let response = try wire.readResponse()
        #expect(Array(response.body.suffix(body.count)) == body)
        #expect(response.text.contains("transfer-encoding: chunked"))
        #expect(try wire.readResponse().text.hasPrefix("GET /next "))
    }

    @Test func `a chunked response arrives chunked, with what follows it in order`() throws {
        let endpoint = try EndpointServer { wire, _ in
            while true {
                _ = try wire.readHead()
                try wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
                try wire.send("6;x\r\n world\r\n0\r\nX-After: 1\r\n\r\n")
            }
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        for _ in 0..<3 {
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let response = try wire.readResponse()
            #expect(response.text == "hello world")
            #expect(response.head["transfer-encoding"] == "chunked")
        }
        #expect(endpoint.connectionCount == 1)
    }

    @Test func `a body up to the connection's end is chunked for HTTP 1.1`() throws {
        let endpoint = try EndpointServer.saying("HTTP/1.1 200 OK\r\n\r\nall of it")
        let served = try Served(RouteTable.all(to: endpoint.port))
        let response = try served.get()
        #expect(response.head["transfer-encoding"] == "chunked")
        #expect(response.text == "all of it")
    }

    @Test func `an HTTP 1.0 client gets no chunks and its connection ends`() throws {
        let endpoint = try EndpointServer.saying(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n")
        let text = try wire.readToEnd()
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(text.hasSuffix("\r\n\r\nabc"))
        #expect(text.contains("Connection: close\r\n"))
    }

    @Test func `an HTTP 1.0 client without Host reaches a route without hostnames`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send("GET /x HTTP/1.0\r\n\r\n")
        let text = try wire.readToEnd()
        #expect(text.contains("host: 127.0.0.1:\(endpoint.port)\n"))
    }

    @Test(arguments: [
        "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
    ])
    func `a response that has no body ends with its head`(head: String) throws {
        let endpoint = try EndpointServer { wire, _ in
            while true {
                _ = try wire.readHead()
                try wire.send(head)
            }
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        for _ in 0..<2 {
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try wire.readHead().startLine == head.prefix { $0 != "\r\n" })
        }
        #expect(endpoint.connectionCount == 1)
    }

    @Test func `HEAD gets the length and no body`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try wire.readHead()["content-length"] != nil)
        #expect(try wire.readResponse().text.hasPrefix("GET /next "))
    }

    @Test func `a client that waits for 100 gets the endpoint's`() throws {
        let endpoint = try EndpointServer { wire, _ in
            let head = try wire.readHead()
            guard head["expect"] == "100-continue" else { return }
            try wire.send("HTTP/1.1 100 Continue\r\n\r\n")
            let body = try wire.readBody(of: head)
            try wire.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n")
            try wire.send(body)
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        #expect(try wire.readHead().status == 100)
        try wire.send("body")
        #expect(try wire.readResponse().text == "body")
    }

    @Test func `a refusal instead of 100 ends the connection, since the body may follow or not`()
        throws
    {
        let endpoint = try EndpointServer.saying(
            "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n")
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        let response = try wire.readResponse()
        #expect(response.status == 413)
        #expect(response.head["connection"] == "close")
        #expect(wire.endsWithoutMore())
    }

    @Test func `an early response reaches the client while the body is still coming`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<3 {
                let octets = try wire.read(4)
                try wire.send("4\r\n")
                try wire.send(octets)
                try wire.send("\r\n")
            }
            try wire.send("0\r\n\r\n")
        }
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n")
        #expect(try wire.readHead().status == 200)
        for text in ["ping", "pong", "done"] {
            try wire.send(text)
            #expect(try wire.read(through: "\(text)\r\n") == "4\r\n\(text)\r\n")
        }
        #expect(try wire.read(through: "0\r\n\r\n") == "0\r\n\r\n")
    }

    @Test func `more than 8 informational responses are refused`() throws {
        let endpoint = try EndpointServer.saying(
            String(repeating: "HTTP/1.1 103 Early Hints\r\n\r\n", count: 9))
        let served = try Served(RouteTable.all(to: endpoint.port))
        let text = try served.connect().exchange(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n", through: "502 ")
        #expect(text.components(separatedBy: "103 Early").count == 9)
    }

    @Test func `a body over the operator's limit is refused`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port)) { $0.limits.bodyOctetsMax = 10 }
        let known = try served.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n")
        #expect(known.status == 413)
        let chunked = try served.ask(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n")
        #expect(chunked.status == 413)
    }
}

extension Wire {
    /// Sends and reads up to a mark.
    fileprivate func exchange(_ text: String, through mark: String) throws -> String {
        try send(text)
        return try read(through: mark)
    }
}

extension String {
    fileprivate func components(separatedBy mark: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: mark) {
            parts.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        parts.append(rest)
        return parts
    }
}
