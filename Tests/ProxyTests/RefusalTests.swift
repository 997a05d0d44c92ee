import Proxy
import Routing
import Testing

@Suite struct `Requests refused` {
    private static let bad: [Octets] = [
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET / HTTP/1.1\r\nHost: a\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        "G\u{1}T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n",
        "GET /# HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /..%2fadmin HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n1",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n1",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: host\r\n\r\n",
        "\u{16}\u{3}\u{1}\0\u{A5}\u{1}\0\0\u{A1}\u{3}\u{3}",
    ]

    @Test(arguments: bad)
    func `a malformed request gets 400, its connection ends, and the gateway lives`(
        request: Octets
    ) throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let wire = try served.connect()
        try wire.send(request.text)
        let response = try wire.readResponse()
        #expect(response.status == 400)
        #expect(response.head["commonway-error"]?.hasPrefix("bad-request:") == true)
        #expect(response.head["connection"] == "close")
        #expect(wire.endsWithoutMore())
        #expect(try served.get().status == 200)
    }

    @Test(arguments: [
        (Octets("GET /\(String(repeating: "x", count: 9_000)) HTTP/1.1\r\nHost: a\r\n\r\n"), 414),
        (
            Octets(
                "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 40_000))\r\n\r\n"),
            431
        ),
        (
            Octets("GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "x: y\r\n", count: 101))\r\n"),
            431
        ),
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
    ])
    func `what is too large or not built gets its own status`(
        request: Octets, status: Int
    ) throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let response = try served.ask(request.text)
        #expect(response.status == status)
        #expect(endpoint.connectionCount == 0)
    }

    @Test func `a head of 30 KiB goes through`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try Served(RouteTable.all(to: endpoint.port))
        let value = String(repeating: "v", count: 30_000)
        let response = try served.ask("GET / HTTP/1.1\r\nHost: a\r\nX-Large: \(value)\r\n\r\n")
        #expect(response.text.contains("x-large: \(value)\n"))
    }

    @Test func `a response head of 60 KiB goes through`() throws {
        let value = String(repeating: "v", count: 60_000)
        let endpoint = try EndpointServer.saying(
            "HTTP/1.1 200 OK\r\nX-Large: \(value)\r\nContent-Length: 0\r\n\r\n")
        let served = try Served(RouteTable.all(to: endpoint.port))
        #expect(try served.get().head["x-large"] == value)
    }
}
