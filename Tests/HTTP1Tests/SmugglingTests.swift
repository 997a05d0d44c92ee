import HTTP1
import Testing

/// Requests that two parsers read differently: one is refused, or it is one request for both.
@Suite struct SmugglingTests {
    /// Every pair of lines that say where a body ends.
    private static let framings = [
        "Content-Length: 5", "Content-Length: 6", "Content-Length: 5, 5", "Content-Length: +5",
        "Content-Length: 0", "Content-Length:", "Transfer-Encoding: chunked",
        "Transfer-Encoding: identity", "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, identity", "Transfer-Encoding: xchunked",
        "Transfer-Encoding: ,chunked", "transfer-encoding: chunked",
    ]

    @Test(arguments: framings, framings)
    func `two framings in one head are refused`(_ first: String, _ second: String) {
        let wire = "POST / HTTP/1.1\r\nHost: a\r\n\(first)\r\n\(second)\r\n\r\n"
        #expect(!everyReading(of: Array(wire.utf8)).contains { $0.isComplete })
    }

    @Test(arguments: [
        "Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked",
        " Transfer-Encoding: chunked",
        "X: y\r\n Transfer-Encoding: chunked", "X: y\rTransfer-Encoding: chunked",
        "X: y\nTransfer-Encoding: chunked", "Transfer-Encoding\n: chunked",
        "Transfer-Encoding: \u{B}chunked", "Transfer-Encoding: chunked\u{C}",
        "Transfer-Encoding: \0chunked", "Transfer-Encoding\0: chunked", ": Transfer-Encoding: x",
        "Transfer-Encoding: \r\n chunked", "Transfer-Encoding: cow", "Transfer-Encoding: 'chunked'",
        "Transfer-Encoding: chunked;", "Transfer-Encoding:chun ked", "Content-Length : 5",
        "Content-Length: 5\r\n\t6", "Content-Length: 5\n", "Content-Length: 0005x",
        "Content-Length: 5;", "Content-Length: 1e1", "Content-Length: 5.0",
        "Content-Length: \u{660}", "Connection: Content-Length\r\nContent-Length: 5",
        "Connection: Host", "Connection: close, Transfer-Encoding\r\nTransfer-Encoding: chunked",
    ])
    func `a framing in disguise is refused`(_ lines: String) {
        let wire = "POST / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n"
        #expect(!everyReading(of: Array(wire.utf8)).contains { $0.isComplete })
    }

    @Test(arguments: [
        "Transfer_Encoding: chunked", "Content_Length: 5", "X-Transfer-Encoding: chunked",
        "Transfer-Encodin: chunked", "Content-Lengthx: 5", "Host_: b", "_Host: b",
    ])
    func `a field that only looks like a framing frames nothing and is no framing behind`(
        _ line: String
    ) throws {
        let wire = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\(line)\r\n\r\n"
        let written = try RequestForwarder().forward(wire)
        let (head, _) = try parsed(written)
        #expect(head.framing == .length(5))
        #expect(!written.contains("_"))
    }

    @Test(arguments: ["GET", "HEAD", "DELETE", "OPTIONS"])
    func `a body of a request that has none by habit is still framed`(_ method: String) throws {
        let written = try RequestForwarder().forward(
            "\(method) / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
        #expect(try parsed(written).head.framing == .length(9))
    }

    @Test func `two requests in one piece are two`() throws {
        let first = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
        let (head, octets) = try parsed(first + "GET /x HTTP/1.1\r\nHost: b\r\n\r\n")
        #expect(head.octetCount == first.utf8.count)
        let rest = String(decoding: octets[head.octetCount...], as: UTF8.self)
        #expect(try parsed(rest).head.method == .get)
    }

    @Test func `a path that a filter hides is not seen another way by the endpoint`() throws {
        for path in ["/public/..%2fadmin", "/public/%2e%2e/admin", "/public/..%5Cadmin", "/a%00"] {
            #expect(throws: PathFault.self) {
                try RequestForwarder().forward("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            }
        }
    }
}
