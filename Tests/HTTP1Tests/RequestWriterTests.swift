import HTTP1
import Testing

/// What of a request goes on to the endpoint, and how it is written.
@Suite struct RequestWriterTests {
    private static let ours = """
        Via: 1.1 commonway\r
        X-Forwarded-For: 192.0.2.7\r
        X-Forwarded-Proto: http\r
        X-Forwarded-Host: a.example:81\r
        Forwarded: for=192.0.2.7;host="a.example:81";proto=http\r
        \r\n
        """

    /// What a request with some lines becomes, less its request line, Host and our own lines.
    private func remaining(_ lines: String, by forwarder: RequestForwarder = .init()) throws
        -> String
    {
        let start = "POST /p HTTP/1.1\r\nHost: a.example:81\r\n"
        let written = try forwarder.forward(start + lines + "\r\n")
        let body = try #require(written.hasPrefix(start) ? written.dropFirst(start.count) : nil)
        let ours = body.hasSuffix(Self.ours) ? Self.ours : ""
        return String(body.dropLast(ours.count))
    }

    @Test func `a request is written anew with the gateway's fields behind its own`() throws {
        let written = try RequestForwarder().forward(
            "GET /a/../b?q=%zz HTTP/1.1\r\naccept:\t*/* \r\nX-A: b\r\nX-C: d\r\n"
                + "HOST: a.example:81\r\n\r\n"
        )
        let expected =
            "GET /b?q=%zz HTTP/1.1\r\nHost: a.example:81\r\naccept: */*\r\nX-A: b\r\nX-C: d\r\n"
            + Self.ours
        #expect(written == expected)
    }

    @Test(arguments: [
        ("Keep-Alive: timeout=5\r\n", ""), ("Proxy-Connection: close\r\n", ""),
        ("Connection: close\r\n", ""), ("Close: 1\r\nConnection: a, Close\r\n", ""),
        ("Connection: X-A, x-b\r\nX-A: 1\r\nx-B: 2\r\nX-C: 3\r\n", "X-C: 3\r\n"),
        ("X-A: 1\r\nConnection: x-a\r\n", ""), ("Connection: Accept\r\nAccept: a\r\n", ""),
        ("Proxy-Authorization: a\r\nProxy-Authenticate: b\r\n", ""), ("TE: gzip\r\n", ""),
        ("Upgrade: websocket\r\n", ""), ("Trailer: X\r\n", ""), ("HTTP2-Settings: AAA\r\n", ""),
        ("X_A: 1\r\nX-B: 2\r\n", "X-B: 2\r\n"), ("Content_Length: 1\r\n", ""),
        ("TE: x, trailers;q=1\r\nTE: trailers\r\n", "TE: trailers\r\nConnection: TE\r\n"),
        ("Connection: TE\r\nTE: trailers\r\n", "TE: trailers\r\nConnection: TE\r\n"),
        (
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n",
            "Sec-WebSocket-Key: k\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        ),
        ("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: A\r\n", ""),
        (
            "Connection: Upgrade\r\nUpgrade: websocket\r\nTE: trailers\r\n",
            "Upgrade: websocket\r\nTE: trailers\r\nConnection: Upgrade, TE\r\n"
        ),
        ("Content-Length: 0\r\n", "Content-Length: 0\r\n"),
        ("content-length: 0012\r\nX: y\r\n", "X: y\r\nContent-Length: 12\r\n"),
        (
            "Transfer-Encoding: CHUNKED\r\nTrailer: X\r\n",
            "Trailer: X\r\nTransfer-Encoding: chunked\r\n"
        ),
        (
            "Expect: 100-continue\r\nContent-Length: 1\r\n",
            "Expect: 100-continue\r\nContent-Length: 1\r\n"
        ),
        (
            "Authorization: a\r\nCookie: b\r\nCookie: c\r\n",
            "Authorization: a\r\nCookie: b\r\nCookie: c\r\n"
        ),
        (
            "X-Forwarded-For: 1\r\nX-Forwarded-Proto: 2\r\nX-Forwarded-Host: 3\r\nForwarded: 4\r\n",
            ""
        ),
        ("Max-Forwards: 3\r\n", "Max-Forwards: 3\r\n"), ("X: \u{E9}\r\n", "X: \u{E9}\r\n"),
        ("Date: x\r\nServer: y\r\nOrigin: z\r\n", "Date: x\r\nServer: y\r\nOrigin: z\r\n"),
    ])
    func `only what is meant for the endpoint goes on`(
        _ lines: String, _ expected: String
    ) throws {
        #expect(try remaining(lines) == expected)
    }

    @Test func `Via is appended to those before`() throws {
        let written = try RequestForwarder().forward(
            "GET / HTTP/1.0\r\nHost: a\r\nVia: 1.1 x\r\nvia: 2 y, 1.1 z\r\n\r\n")
        #expect(written.contains("\r\nVia: 1.1 x, 2 y, 1.1 z, 1.0 commonway\r\n"))
        #expect(written.hasPrefix("GET / HTTP/1.1\r\n"))
    }

    @Test func `a trusted peer's word is kept and added to`() throws {
        var forwarder = RequestForwarder()
        forwarder.forwarding.peerIsTrusted = true
        forwarder.forwarding.isSecure = true
        let written = try forwarder.forward(
            """
            GET / HTTP/1.1\r
            Host: a\r
            X-Forwarded-For: 1.1.1.1\r
            X-Forwarded-For: 2.2.2.2\r
            X-Forwarded-Proto: http\r
            X-Forwarded-Host: b\r
            Forwarded: for=_x\r
            \r\n
            """)
        let expected = """
            Via: 1.1 commonway\r
            X-Forwarded-For: 1.1.1.1, 2.2.2.2, 192.0.2.7\r
            X-Forwarded-Proto: http, https\r
            X-Forwarded-Host: b, a\r
            Forwarded: for=_x, for=192.0.2.7;host="a";proto=https\r
            \r\n
            """
        #expect(written.hasSuffix(expected))
    }

    @Test func `a trusted peer's field that Connection names ends here`() throws {
        var forwarder = RequestForwarder()
        forwarder.forwarding.peerIsTrusted = true
        let lines = "Connection: X-Forwarded-For\r\nX-Forwarded-For: 1.1.1.1\r\n"
        #expect(try remaining(lines, by: forwarder) == "")
    }

    @Test func `an IPv6 client is quoted in Forwarded alone`() throws {
        var forwarder = RequestForwarder()
        forwarder.client = "2001:db8::7"
        let written = try forwarder.forward("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(written.contains("\r\nX-Forwarded-For: 2001:db8::7\r\n"))
        #expect(written.contains("\r\nForwarded: for=\"[2001:db8::7]\";host=\"a\";proto=http\r\n"))
    }

    @Test func `a client without an address is unknown`() throws {
        var forwarder = RequestForwarder()
        forwarder.client = ""
        let written = try forwarder.forward(
            "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1\r\n\r\n")
        #expect(!written.contains("X-Forwarded-For"))
        #expect(written.contains("\r\nForwarded: for=unknown;host=\"a\";proto=http\r\n"))
    }

    @Test func `HTTP 1 0 without Host gets the host given`() throws {
        var forwarder = RequestForwarder()
        forwarder.host = "10.0.0.7:8080"
        let written = try forwarder.forward("GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n")
        let expected = """
            GET / HTTP/1.1\r
            Host: 10.0.0.7:8080\r
            Via: 1.0 commonway\r
            X-Forwarded-For: 192.0.2.7\r
            X-Forwarded-Proto: http\r
            Forwarded: for=192.0.2.7;proto=http\r
            \r\n
            """
        #expect(written == expected)
    }

    @Test(arguments: [
        ("GET http://b.example/x?y HTTP/1.1", "GET /x?y HTTP/1.1\r\nHost: b.example\r\n"),
        ("GET http://b.example?y HTTP/1.1", "GET /?y HTTP/1.1\r\nHost: b.example\r\n"),
        ("GET http://b.example HTTP/1.1", "GET / HTTP/1.1\r\nHost: b.example\r\n"),
        ("OPTIONS http://b.example HTTP/1.1", "OPTIONS * HTTP/1.1\r\nHost: b.example\r\n"),
        ("OPTIONS * HTTP/1.1", "OPTIONS * HTTP/1.1\r\nHost: a\r\n"),
        ("GET /? HTTP/1.1", "GET /? HTTP/1.1\r\nHost: a\r\n"),
    ])
    func `a target goes on in the form for an origin`(_ line: String, _ expected: String) throws {
        let written = try RequestForwarder().forward(line + "\r\nHost: a\r\n\r\n")
        #expect(written.hasPrefix(expected))
    }

    @Test func `Max-Forwards goes down by one`() throws {
        let written = try RequestForwarder().forward(
            "TRACE / HTTP/1.1\r\nHost: a\r\nMax-Forwards: 10\r\n\r\n")
        #expect(written.contains("\r\nMax-Forwards: 9\r\n"))
        #expect(!written.contains("Max-Forwards: 10"))
    }

    @Test func `a caller's lines and a filter's removals are heeded`() throws {
        var forwarder = RequestForwarder()
        forwarder.extra = [("X-Served-By", "commonway")]
        var (head, octets) = try parsed(
            "GET / HTTP/1.1\r\nHost: a\r\nX-Old: 1\r\nx-old: 2\r\nX-New: 3\r\n\r\n")
        let name = Array("X-OLD".utf8)
        head.fields.drop(name.span, in: octets.span)
        let written = String(decoding: try forwarder.write(&head, octets), as: UTF8.self)
        #expect(!written.lowercased().contains("x-old"))
        #expect(written.contains("X-New: 3\r\n"))
        #expect(written.hasSuffix("X-Served-By: commonway\r\n\r\n"))
    }
}
