import HTTP1
import Testing

/// What a good request head says.
@Suite struct RequestHeadTests {
    @Test func `an ordinary request is read whole, octet by octet and split anywhere`() {
        let wire = Array(
            """
            POST /catalogue/search?lang=fr&x=%zz HTTP/1.1\r
            Host: Library.example:8080\r
            User-Agent:curl/8\r
            X-Empty:\r
            X-Spaced: \t a b \t \r
            Content-Length: 11\r
            \r\nhello world
            """.utf8)
        var expected = ReadRequest()
        expected.method = "POST"
        expected.path = "/catalogue/search"
        expected.query = "lang=fr&x=%zz"
        expected.host = "Library.example"
        expected.port = 8080
        expected.authorityOrHost = "Library.example:8080"
        expected.fields = [
            "Host: Library.example:8080", "User-Agent: curl/8", "X-Empty: ", "X-Spaced: a b",
            "Content-Length: 11",
        ]
        expected.framing = .length(11)
        expected.octetCount = wire.count - 11
        #expect(everyReading(of: wire).allSatisfy { $0 == .complete(expected) })
    }

    @Test(arguments: [
        ("GET", Method.get), ("HEAD", .head), ("POST", .post), ("PUT", .put),
        ("DELETE", .delete), ("OPTIONS", .options), ("TRACE", .trace), ("PATCH", .patch),
        ("get", .other), ("PURGE", .other), ("M-SEARCH", .other), ("PROPPATCHES", .other),
    ])
    func `methods are known by their exact name`(_ name: String, _ method: Method) throws {
        let (head, _) = try parsed("\(name) / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(head.method == method)
    }

    @Test func `one empty line before the request line is skipped`() throws {
        let (head, octets) = try parsed("\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(String(octets, head.path) == "/x")
        #expect(head.octetCount == octets.count)
    }

    @Test func `an absolute form replaces Host`() throws {
        let (head, octets) = try parsed(
            "GET HTTPS://a.example:81?x HTTP/1.1\r\nHost: b.example\r\n\r\n")
        #expect(head.form == .absolute)
        #expect(head.scheme == .https)
        #expect(String(octets, head.authorityOrHost) == "a.example:81")
        #expect(String(octets, head.host) == "a.example")
        #expect(head.port == 81)
        #expect(head.path.isEmpty)
        #expect(String(octets, head.query) == "x")
    }

    @Test(arguments: ["OPTIONS * HTTP/1.1", "OPTIONS http://a.example HTTP/1.1"])
    func `OPTIONS without a path has the asterisk form`(_ line: String) throws {
        let (head, _) = try parsed(line + "\r\nHost: a.example\r\n\r\n")
        #expect(head.form == .asterisk)
    }

    @Test func `HTTP 1 0 may come without Host`() throws {
        let (head, _) = try parsed("GET / HTTP/1.0\r\n\r\n")
        #expect(head.host.isEmpty)
        #expect(head.versionMinor == 0)
    }

    @Test(arguments: [
        ("HTTP/1.1", "", true), ("HTTP/1.1", "close", false), ("HTTP/1.1", "x, CLOSE", false),
        ("HTTP/1.1", "keep-alive", true), ("HTTP/1.0", "", false),
        ("HTTP/1.0", "Keep-Alive", true), ("HTTP/1.0", "keep-alive, close", false),
    ])
    func `the connection is kept as RFC 9112 says`(
        _ version: String, _ options: String, _ kept: Bool
    ) throws {
        let (head, _) = try parsed("GET / \(version)\r\nHost: a\r\nConnection: \(options)\r\n\r\n")
        #expect(head.keepAlive == kept)
    }

    @Test(arguments: [
        ("HTTP/1.1", "100-continue", true), ("HTTP/1.1", "100-Continue", true),
        ("HTTP/1.1", "100-continue\r\nExpect: x", true), ("HTTP/1.1", "x, 100-continue", true),
        ("HTTP/1.1", "100-continued", false), ("HTTP/1.0", "100-continue", false),
    ])
    func `a client waits only as it says`(
        _ version: String, _ value: String, _ waits: Bool
    ) throws {
        let (head, _) = try parsed(
            "PUT / \(version)\r\nHost: a\r\nContent-Length: 1\r\nExpect: \(value)\r\n\r\n")
        #expect(head.expectsContinue == waits)
    }

    @Test(arguments: [
        ("HTTP/1.1", "Upgrade", "websocket", "websocket"),
        ("HTTP/1.1", "keep-alive, upgrade", "foo/2, bar", "foo/2, bar"),
        ("HTTP/1.1", "keep-alive", "websocket", ""), ("HTTP/1.0", "upgrade", "websocket", ""),
        ("HTTP/1.1", "upgrade", "h2c", ""), ("HTTP/1.1", "upgrade", "websocket, H2C", ""),
        ("HTTP/1.1", "upgrade", "HTTP/2.0", ""), ("HTTP/1.1", "upgrade", "TLS/1.3", ""),
        ("HTTP/1.1", "upgrade", "web socket", ""), ("HTTP/1.1", "upgrade", "a/", ""),
        ("HTTP/1.1", "upgrade", "a\r\nUpgrade: b", ""), ("HTTP/1.1", "upgrade", "", ""),
    ])
    func `only protocols that may become a tunnel are asked for`(
        _ version: String, _ options: String, _ value: String, _ upgrade: String
    ) throws {
        let (head, octets) = try parsed(
            "GET / \(version)\r\nHost: a\r\nConnection: \(options)\r\nUpgrade: \(value)\r\n\r\n")
        #expect(String(octets, head.upgrade) == upgrade)
    }

    @Test func `Max-Forwards is read for OPTIONS and TRACE alone`() throws {
        let rest = " / HTTP/1.1\r\nHost: a\r\nMax-Forwards: 3\r\n\r\n"
        #expect(try parsed("OPTIONS" + rest).head.maxForwards == 3)
        #expect(try parsed("TRACE" + rest).head.maxForwards == 3)
        #expect(try parsed("GET" + rest).head.maxForwards == nil)
    }

    @Test func `a parser and a head serve one request after the other`() throws {
        let first = Array(
            "POST http://a/x HTTP/1.0\r\nHost: b\r\nContent-Length: 5\r\nTE: trailers\r\n\r\n".utf8)
        let second = Array("GET /y HTTP/1.1\r\nHost: c\r\n\r\n".utf8)
        var parser = RequestHeadParser()
        var head = RequestHead()
        _ = try parser.parse(first.span, into: &head)
        parser.reset()
        _ = try parser.parse(second.span, into: &head)
        #expect(
            .complete(ReadRequest(&head, second))
                == readRequest(second, arriving: [second.count]).outcome)
    }

    @Test func `names that are dropped by default are counted`() throws {
        let (head, _) = try parsed("GET / HTTP/1.1\r\nHost: a\r\nX_A: 1\r\nX-B: 2\r\n_: 3\r\n\r\n")
        #expect(head.fields.underscoreCount == 2)
    }

    @Test func `octets behind the head are not looked at`() throws {
        let (head, octets) = try parsed("GET / HTTP/1.1\r\nHost: a\r\n\r\n\0\0\n")
        #expect(head.octetCount == octets.count - 3)
    }

    @Test func `the largest length is taken`() throws {
        let (head, _) = try parsed(
            "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775807\r\n\r\n")
        #expect(head.framing == .length(Int64.max))
    }
}

/// A request head that must be good, and its octets.
func parsed(_ text: String) throws(MessageError) -> (head: RequestHead, octets: [UInt8]) {
    let octets = Array(text.utf8)
    var parser = RequestHeadParser()
    var head = RequestHead()
    _ = try parser.parse(octets.span, into: &head)
    return (head, octets)
}
