import HTTP1
import Testing

/// What a response head says, and what no endpoint may send.
@Suite struct ResponseHeadTests {
    @Test(arguments: [
        ("200 OK\r\nContent-Length: 5", Method.get, BodyFraming.length(5), true),
        ("200 \r\nContent-Length: 0", .get, .length(0), true),
        ("200 OK\r\nTransfer-Encoding: Chunked", .get, .chunked, true),
        ("200 OK\r\nServer: x", .get, .untilClose, false),
        ("200 OK\r\nContent-Length: 5", .head, .none, true),
        ("200 OK\r\nTransfer-Encoding: chunked", .head, .none, true),
        ("204 No Content\r\nContent-Length: 0", .get, .none, true),
        ("204 No Content\r\nContent-Length: 5", .get, .none, false),
        ("204 No Content\r\nTransfer-Encoding: chunked", .get, .none, false),
        ("304 Not Modified\r\nContent-Length: 5", .get, .none, true),
        ("100 Continue\r\nX: y", .post, .none, true),
        ("103 Early Hints\r\nLink: y", .get, .none, true),
        ("404 \u{E9}t\u{E9}\r\nConnection: close\r\nContent-Length: 1", .get, .length(1), false),
    ])
    func `a body ends where RFC 9112 says`(
        _ head: String, _ method: Method, _ framing: BodyFraming, _ kept: Bool
    ) {
        let outcomes = everyReading(ofResponse: "HTTP/1.1 \(head)\r\n\r\n", to: method)
        let lines = head.split(separator: "\r\n").dropFirst().map(String.init)
        let expected = ResponseOutcome.complete(
            status: Int(head.prefix(3)) ?? 0, framing: framing, keepAlive: kept, fields: lines)
        #expect(outcomes.allSatisfy { $0 == expected })
    }

    @Test func `an endpoint of HTTP 1 0 closes unless it says otherwise`() throws {
        let start = "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n"
        #expect(try !parsedResponse(start + "\r\n").head.keepAlive)
        #expect(try parsedResponse(start + "Connection: keep-alive\r\n\r\n").head.keepAlive)
    }

    @Test(arguments: [
        ("HTTP/2.0 200 OK\r\n", "bad-status-line", 5),
        ("HTTP/1.2 200 OK\r\n", "bad-status-line", 7),
        ("http/1.1 200 OK\r\n", "bad-status-line", 0),
        ("\r\nHTTP/1.1 200\r\n", "bad-status-line", 0),
        ("ICY 200 OK\r\n", "bad-status-line", 0), ("HTTP/1.1  200 OK\r\n", "bad-status", 9),
        ("HTTP/1.1 200\r\n", "bad-status-line", 12),
        ("HTTP/1.1 2000 OK\r\n", "bad-status-line", 12),
        ("HTTP/1.1 20 OK\r\n", "bad-status", 11), ("HTTP/1.1 099 X\r\n", "bad-status", 9),
        ("HTTP/1.1 600 X\r\n", "bad-status", 9), ("HTTP/1.1 2x0 X\r\n", "bad-status", 10),
        ("HTTP/1.1 200 O\nK: x\r\n", "bare-lf", 14), ("HTTP/1.1 200 O\rK\r\n", "bare-cr", 14),
        ("HTTP/1.1 200 O\0\r\n", "nul", 14), ("HTTP/1.1 200 O\u{1}\r\n", "control-octet", 14),
        ("HTTP/1.1 200 OK\r\nA b: c\r\n", "space-before-colon", 18),
        ("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n", "obs-fold", 23),
        ("HTTP/1.1 200 OK\r\n A: b\r\n", "space-before-first-field", 17),
        ("HTTP/1.1 200 OK\r\nA: b\nC: d\r\n", "bare-lf", 21),
        ("HTTP/1.1 200 OK\r\nContent-Length: x\r\n", "bad-content-length", 33),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n",
            "repeated-content-length", 36
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n",
            "transfer-encoding-with-content-length", 36
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n",
            "transfer-encoding-with-content-length", 45
        ),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n", "transfer-coding", 36),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            "repeated-transfer-encoding", 45
        ),
        ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n", "transfer-encoding-in-http-1.0", 17),
        ("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n", "unasked-upgrade", 9),
    ])
    func `what is no HTTP is refused however it arrives`(
        _ wire: String, _ name: String, _ offset: Int
    ) {
        let outcomes = everyReading(ofResponse: wire)
        let expected = ResponseOutcome.refused("bad-response:\(name) at octet \(offset)")
        #expect(outcomes.allSatisfy { $0 == expected })
    }

    @Test func `101 answers an upgrade that was asked for`() throws {
        let wire = "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        #expect(try parsedResponse(wire, upgradeAsked: true).head.status == 101)
    }

    @Test func `a head over 64 KiB is refused at the limit`() {
        let wire = "HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 65_536)
        let octets = Array(wire.utf8)
        let outcome = readResponse(octets, arriving: [60_000, octets.count])
        #expect(outcome == .refused("bad-response:head at octet 65536"))
    }

    @Test func `informational heads end after eight`() throws {
        let octets = Array("HTTP/1.1 103 Early Hints\r\n\r\n".utf8)
        var parser = ResponseHeadParser()
        parser.begin(answering: .get, upgradeAsked: false)
        var head = ResponseHead()
        for _ in 0..<8 {
            #expect(
                try parser.parse(octets.span, into: &head) == .complete(octetCount: octets.count))
            #expect(head.isInformational)
            parser.beginNext()
        }
        #expect(
            throws: MessageError(.tooManyInformational, side: .response, at: 9, limit: 8)
        ) { try parser.parse(octets.span, into: &head) }
    }
}
