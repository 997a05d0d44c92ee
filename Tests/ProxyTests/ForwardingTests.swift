import Proxy
import Routing
import Testing

@Suite struct `Forwarding` {
    @Test func `a request reaches its endpoint and the answer says which vote routed it`() throws {
        let endpoint = try EndpointServer.echo()
        let table = try RouteTable.all(to: endpoint.port)
        let served = try Served(table)
        let response = try served.get("/a/b?c=d")
        #expect(response.status == 200)
        #expect(response.text.hasPrefix("GET /a/b?c=d HTTP/1.1\nhost: a.example.org\n"))
        #expect(response.head["served-by"] == "echo")
        let citation = String(decoding: table.rules[0].citation, as: UTF8.self)
        #expect(citation.contains("all"))
        #expect(response.head["commonway-route"] == citation)
    }

    @Test func `the endpoint learns who asked and by what way, and nothing hop-by-hop`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let response = try served.ask(
            "GET / HTTP/1.1\r\nHost: a.example.org:8080\r\nConnection: X-Mine\r\n"
                + "X-Mine: 1\r\nKeep-Alive: timeout=5\r\nUpgrade: websocket\r\n"
                + "X-Forwarded-For: 6.6.6.6\r\nX_Odd: 1\r\nVia: 1.0 before\r\n\r\n")
        let seen = Head(response.text.replacing("\n", with: "\r\n"))
        #expect(seen["host"] == "a.example.org:8080")
        #expect(seen["x-forwarded-for"] == "127.0.0.1")
        #expect(seen["x-forwarded-proto"] == "http")
        #expect(seen["x-forwarded-host"] == "a.example.org:8080")
        #expect(seen["via"] == "1.0 before, 1.1 commonway")
        #expect(seen["traceparent"]?.count == 55)
        for gone in ["x-mine", "keep-alive", "upgrade", "x_odd", "connection"] {
            #expect(seen[gone] == nil, "\(gone)")
        }
    }

    @Test(arguments: [
        ("", false), ("traceparent: 00-zz\r\n", false),
        ("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n", true),
    ])
    func `a valid trace goes on, and where there is none one is made`(
        _ field: String, _ passes: Bool
    ) throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let response = try served.ask("GET / HTTP/1.1\r\nHost: a\r\n\(field)\r\n")
        let seen = Head(response.text.replacing("\n", with: "\r\n"))
        #expect(seen["traceparent"]?.count == 55)
        #expect(
            (seen["traceparent"]?.contains("0af7651916cd43dd8448eb211c80319c") == true) == passes)
    }

    @Test func `where the charter says so, responses do not name their vote`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(nil)
        served.gateway.publish(try .all(to: endpoint.port), citesRoutes: false)
        #expect(try served.get().head["commonway-route"] == nil)
        served.gateway.publish(try .all(to: endpoint.port), citesRoutes: true)
        #expect(try served.get().head["commonway-route"] != nil)
    }

    @Test func `the client learns by what way the answer came, and its date`() throws {
        let endpoint = try EndpointServer.saying(
            "HTTP/1.1 200 Fine\r\nContent-Length: 2\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\n"
                + "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\nhi")
        let served = try Served(RouteTable.all(to: endpoint.port))
        let response = try served.get()
        #expect(response.head.startLine == "HTTP/1.1 200 Fine")
        #expect(response.head["via"] == "1.1 commonway")
        #expect(response.head["date"]?.hasSuffix(" GMT") == true)
        #expect(response.head["connection"] == nil)
        #expect(response.head["x-hop"] == nil)
        #expect(response.head.fields.filter { $0.name == "set-cookie" }.count == 2)
        #expect(response.text == "hi")
    }

    @Test func `the canonical path goes on, not the spelling that came`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let response = try served.get("/%7Euser/./x/../y%2fz")
        #expect(response.text.hasPrefix("GET /~user/y%2Fz HTTP/1.1\n"))
    }

    @Test func `an absolute target's authority replaces Host`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let response = try served.ask(
            "GET http://b.example.org/x HTTP/1.1\r\nHost: a.example.org\r\n\r\n")
        #expect(response.text.hasPrefix("GET /x HTTP/1.1\nhost: b.example.org\n"))
    }

    @Test func `without a table every request is answered 503`() throws {
        let served = try Served(nil)
        let response = try served.get()
        #expect(response.status == 503)
        #expect(response.head["commonway-error"] == "no-table")
        #expect(response.head["content-type"] == "application/problem+json")
        #expect(response.text.contains(#""status":503"#))
    }

    @Test func `a request that no route fits is answered 404 and the connection goes on`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(
            RouteTable.compiled([
                RouteTable.backend("b", [endpoint.port]),
                RouteTable.route("r", prefix: "/in", to: [("b", 1)]),
            ]))
        let wire = try served.connect()
        try wire.send("PUT /out HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody")
        let refused = try wire.readResponse()
        #expect(refused.status == 404)
        #expect(refused.head["commonway-error"] == "no-route")
        try wire.send("GET /in HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try wire.readResponse().status == 200)
    }

    @Test(arguments: [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8", "<h1>404 "),
        ("application/json, text/html", "application/problem+json", #""status":404"#),
        ("*/*", "application/problem+json", #""status":404"#),
    ])
    func `a browser gets a page, everybody else a problem document`(
        accept: String, type: String, body: String
    ) throws {
        let served = try Served(RouteTable.compiled([]))
        let response = try served.ask("GET / HTTP/1.1\r\nHost: a\r\nAccept: \(accept)\r\n\r\n")
        #expect(response.head["content-type"] == type)
        #expect(response.text.contains(body))
    }

    @Test func `a rule whose weights are all zero answers 500`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(
            RouteTable.compiled([
                RouteTable.backend("b", [endpoint.port]), RouteTable.route("r", to: [("b", 0)]),
            ]))
        let response = try served.get()
        #expect(response.status == 500)
        #expect(response.head["commonway-error"] == "no-backend")
        #expect(response.head["commonway-route"] != nil)
    }

    @Test func `weights share requests exactly`() throws {
        let nine = try EndpointServer.echo(name: "nine")
        let one = try EndpointServer.echo(name: "one")
        let served = try Served(
            RouteTable.compiled([
                RouteTable.backend("nine", [nine.port]), RouteTable.backend("one", [one.port]),
                RouteTable.route("r", to: [("nine", 9), ("one", 1)]),
            ]))
        let wire = try served.connect()
        var counts: [String: Int] = [:]
        for _ in 0..<100 {
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            counts[try wire.readResponse().head["served-by"] ?? "", default: 0] += 1
        }
        #expect(counts == ["nine": 90, "one": 10])
    }

    @Test func `OPTIONS of the whole server is answered here`() throws {
        let served = try Served(nil)
        let response = try served.ask("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(response.status == 204)
        #expect(response.head["content-length"] == nil)
    }

    @Test(arguments: [
        ("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        ("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 405),
        ("GET https://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 421),
    ])
    func `what is not forwarded is answered with its status`(request: String, status: Int) throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        #expect(try served.ask(request).status == status)
        #expect(endpoint.connectionCount == 0)
    }
}
