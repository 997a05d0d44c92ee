import HTTP1
import Testing

/// What of a response goes on to the client, and how it is written.
@Suite struct ResponseWriterTests {
    private static let date = "Date: Tue, 24 Nov 2026 00:00:00 GMT\r\n"
    private static let via = "Via: 1.1 commonway\r\n"

    @Test func `a response is written anew with the gateway's own version`() throws {
        let written = try forwardedResponse(
            "HTTP/1.0 404 Not Here\r\nServer:x\r\nX-A: b\r\nSet-Cookie: c\r\n"
                + "Content-Length: 3\r\n\r\n"
        )
        let expected =
            "HTTP/1.1 404 Not Here\r\nServer: x\r\nX-A: b\r\nSet-Cookie: c\r\n" + Self.date
            + "Content-Length: 3\r\nVia: 1.0 commonway\r\n\r\n"
        #expect(written == expected)
    }

    @Test(arguments: [
        ("Date: x\r\nContent-Length: 0\r\n", "Date: x\r\nContent-Length: 0\r\n"),
        ("Connection: date\r\nDate: x\r\nContent-Length: 0\r\n", date + "Content-Length: 0\r\n"),
        (
            "Connection: X-A, close\r\nX-A: 1\r\nKeep-Alive: 1\r\nContent-Length: 0\r\n",
            date + "Content-Length: 0\r\n"
        ),
        ("Connection: close\r\nClose: 1\r\nContent-Length: 0\r\n", date + "Content-Length: 0\r\n"),
        (
            "Upgrade: h2c\r\nProxy-Authenticate: x\r\nContent-Length: 0\r\n",
            date + "Content-Length: 0\r\n"
        ),
        ("X_A: 1\r\nContent-Length: 0\r\n", "X_A: 1\r\n" + date + "Content-Length: 0\r\n"),
        (
            "Transfer-Encoding: chunked\r\nTrailer: T\r\n",
            "Trailer: T\r\n" + date + "Transfer-Encoding: chunked\r\n"
        ),
        ("", date + "Transfer-Encoding: chunked\r\n"),
    ])
    func `only what is meant for the client goes on`(
        _ lines: String, _ expected: String
    ) throws {
        let written = try forwardedResponse("HTTP/1.1 200 OK\r\n\(lines)\r\n")
        #expect(written == "HTTP/1.1 200 OK\r\n" + expected + Self.via + "\r\n")
    }

    @Test(arguments: [
        ("200 OK", Method.head, "Content-Length: 5\r\n", "Content-Length: 5\r\n"),
        ("200 OK", .head, "Transfer-Encoding: chunked\r\n", ""),
        ("304 Not Modified", .get, "Content-Length: 5\r\n", "Content-Length: 5\r\n"),
        ("204 No Content", .get, "Content-Length: 5\r\n", ""),
    ])
    func `a response without body says no more than it may`(
        _ status: String, _ method: Method, _ lines: String, _ expected: String
    ) throws {
        let written = try forwardedResponse("HTTP/1.1 \(status)\r\n\(lines)\r\n", to: method)
        #expect(written == "HTTP/1.1 \(status)\r\n" + Self.date + expected + Self.via + "\r\n")
    }

    @Test func `an informational response carries neither Date nor length`() throws {
        let written = try forwardedResponse(
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\nContent-Length: 5\r\n\r\n")
        #expect(written == "HTTP/1.1 103 Early Hints\r\nLink: x\r\n" + Self.via + "\r\n")
    }

    @Test(arguments: ["Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", ""])
    func `a client that is not kept is told so`(_ lines: String) throws {
        let written = try forwardedResponse("HTTP/1.1 200 OK\r\n\(lines)\r\n", keeps: false)
        #expect(written.hasSuffix(Self.via + "Connection: close\r\n\r\n"))
    }

    @Test(arguments: [
        ("Content-Length: 5\r\n", "Content-Length: 5\r\n" + via + "Connection: keep-alive\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\nTrailer: T\r\n", date + via + "Connection: close\r\n\r\n"),
        ("", date + via + "Connection: close\r\n\r\n"),
    ])
    func `a client of HTTP 1 0 gets no chunks`(_ lines: String, _ ending: String) throws {
        let written = try forwardedResponse("HTTP/1.1 200 OK\r\n\(lines)\r\n", minor: 0)
        #expect(written.hasSuffix(ending))
        #expect(!written.contains("chunked"))
        #expect(!written.contains("Trailer"))
    }

    @Test func `a change of protocol goes through`() throws {
        let written = try forwardedResponse(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade, x-a\r\nUpgrade: websocket\r\n"
                + "X-A: 1\r\nSec-WebSocket-Accept: k\r\n\r\n", upgradeAsked: true)
        let expected =
            "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: k\r\n" + Self.via
            + "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        #expect(written == expected)
    }

    @Test(arguments: [
        ("Digest: x", "Digest: x\r\n"), ("X-Checksum:y ", "X-Checksum: y\r\n"), ("Host: b", ""),
        ("Content-Length: 1", ""), ("Transfer-Encoding: chunked", ""), ("Cookie: a", ""),
        ("Authorization: a", ""), ("X_A: b", ""), ("Set-Cookie: a", ""), ("Connection: x", ""),
    ])
    func `a trailer that would change the head does not go on`(
        _ line: String, _ expected: String
    ) throws {
        let octets = Array("0\r\n\(line)\r\n\r\n".utf8)
        var decoder = ChunkedDecoder(side: .request)
        let step = try decoder.next(octets.span)
        guard case .trailer(let trailer) = step.event else {
            Issue.record("no trailer")
            return
        }
        var sink = ArraySink()
        HeadWriter.trailer(trailer, octets.span, into: &sink)
        #expect(sink.text == expected)
    }

    @Test func `a fault's name is written for the client and the log`() {
        var sink = ArraySink()
        MessageError(.bareLF, side: .request, at: 17).writeName(into: &sink)
        #expect(sink.text == "bad-request:bare-lf")
        let tooLarge = MessageError(.headTooLarge, side: .response, at: 9, limit: 9)
        #expect(tooLarge.description == "bad-response:head at octet 9 (limit 9)")
    }

    @Test func `every fault has a name of its own`() {
        let names = MessageFault.allCases.map { "\($0.name)" }
        #expect(Set(names).count == names.count)
        #expect(!names.contains("unknown"))
    }
}
