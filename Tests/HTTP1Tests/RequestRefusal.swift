import HTTP1
import Testing

/// A request that is refused: its octets, the name of the fault and the octet that shows it.
struct RequestRefusal: Sendable, CustomTestStringConvertible {
    let wire: String
    let name: String
    let offset: Int

    init(_ wire: String, _ name: String, _ offset: Int) {
        self.wire = wire
        self.name = name
        self.offset = offset
    }

    var testDescription: String { "\(name) \(wire.debugDescription)" }
}

extension RequestRefusal {
    /// Faults of the request line.
    static let requestLines: [RequestRefusal] = [
        .init("GET\u{1} / HTTP/1.1\r\n", "bad-request:control-octet", 3),
        .init("GET /\u{1} HTTP/1.1\r\n", "bad-request:control-octet", 5),
        .init("GET /\u{7F} HTTP/1.1\r\n", "bad-request:control-octet", 5),
        .init("GET\t/ HTTP/1.1\r\n", "bad-request:control-octet", 3),
        .init("GET /\t HTTP/1.1\r\n", "bad-request:control-octet", 5),
        .init("GET /?\u{8} HTTP/1.1\r\n", "bad-request:control-octet", 6),
        .init("GET /\0 HTTP/1.1\r\n", "bad-request:nul", 5),
        .init("G@T / HTTP/1.1\r\n", "bad-request:bad-method", 1),
        .init(" GET / HTTP/1.1\r\n", "bad-request:bad-method", 0),
        .init("G\u{E9}T / HTTP/1.1\r\n", "bad-request:bad-method", 1),
        .init("GET  / HTTP/1.1\r\n", "bad-request:extra-space", 4),
        .init("GET /  HTTP/1.1\r\n", "bad-request:extra-space", 6),
        .init("GET / HTTP/1.1 \r\n", "bad-request:extra-space", 14),
        .init("GET / HTTP/1.1\n", "bad-request:bare-lf", 14),
        .init("GET /\n", "bad-request:bare-lf", 5),
        .init("\nGET / HTTP/1.1\r\n", "bad-request:bare-lf", 0),
        .init("GET / HTTP/1.1\rX", "bad-request:bare-cr", 14),
        .init("GET /\rX HTTP/1.1\r\n", "bad-request:bare-cr", 5),
        .init("\rGET / HTTP/1.1\r\n", "bad-request:bare-cr", 0),
        .init("\r\n\r\nGET / HTTP/1.1\r\n", "bad-request:incomplete-request-line", 2),
        .init("GET\r\n", "bad-request:incomplete-request-line", 3),
        .init("GET /\r\n", "bad-request:incomplete-request-line", 5),
        .init("GET / \r\n", "bad-request:incomplete-request-line", 6),
        .init("GET / HTTP/1\r\n", "bad-request:incomplete-request-line", 12),
        .init("GET / http/1.1\r\n", "bad-request:bad-version", 6),
        .init("GET / HTTP/11.1\r\n", "bad-request:bad-version", 12),
        .init("GET / HTTP/1.10\r\n", "bad-request:bad-version", 14),
        .init("GET / HTTP/1.2\r\n", "bad-request:bad-version", 13),
        .init("GET / HTTP/x.1\r\n", "bad-request:bad-version", 11),
        .init("GET / HTTP 1.1\r\n", "bad-request:extra-space", 10),
        .init("GET / HTTP/2.0\r\n", "version-not-supported:unsupported-version", 11),
        .init("GET / HTTP/0.9\r\n", "version-not-supported:unsupported-version", 11),
        .init("GET x HTTP/1.1\r\n", "bad-request:bad-target", 5),
        .init("GET ?a HTTP/1.1\r\n", "bad-request:bad-target", 4),
        .init("GET /a\\b HTTP/1.1\r\n", "bad-request:bad-target", 6),
        .init("GET /\u{E9} HTTP/1.1\r\n", "bad-request:bad-target", 5),
        .init("GET /\"x\" HTTP/1.1\r\n", "bad-request:bad-target", 5),
        .init("GET /?\u{E9} HTTP/1.1\r\n", "bad-request:bad-target", 6),
        .init("GET /a#b HTTP/1.1\r\n", "bad-request:fragment", 6),
        .init("GET /?a#b HTTP/1.1\r\n", "bad-request:fragment", 7),
        .init("GET #b HTTP/1.1\r\n", "bad-request:fragment", 4),
        .init("GET * HTTP/1.1\r\n", "bad-request:asterisk-form", 4),
        .init("OPTIONS *x HTTP/1.1\r\n", "bad-request:bad-target", 9),
        .init("CONNECT a.example:443 HTTP/1.1\r\n", "method-not-allowed:connect", 0),
        .init("GET a.example:80 HTTP/1.1\r\n", "bad-request:bad-target", 5),
        .init("GET localhost:80 HTTP/1.1\r\n", "bad-request:bad-target", 4),
        .init("GET ftp://a.example/ HTTP/1.1\r\n", "bad-request:bad-target", 4),
        .init("GET http:/a.example/ HTTP/1.1\r\n", "bad-request:bad-target", 10),
        .init("GET http:///x HTTP/1.1\r\n", "bad-request:bad-target", 11),
        .init("GET http://u@a.example/ HTTP/1.1\r\n", "bad-request:userinfo", 12),
        .init("GET http://a.example#f HTTP/1.1\r\n", "bad-request:fragment", 20),
        .init("GET http://a.example:x/ HTTP/1.1\r\n", "bad-request:bad-target", 21),
    ]

    /// Faults of field lines; each line stands behind a good request line of 16 octets.
    static let fieldLines: [RequestRefusal] = [
        line(" Host: a\r\n", "space-before-first-field", 0),
        line("\tHost: a\r\n", "space-before-first-field", 0),
        line("A: b\r\n c\r\n", "obs-fold", 6),
        line("A: b\r\n\tc\r\n", "obs-fold", 6),
        line("A : b\r\n", "space-before-colon", 1),
        line("A\t: b\r\n", "space-before-colon", 1),
        line(": b\r\n", "empty-field-name", 0),
        line("A(: b\r\n", "bad-field-name", 1),
        line("A\u{E9}: b\r\n", "bad-field-name", 1),
        line("A\u{1}: b\r\n", "bad-field-name", 1),
        line("A\r\n", "missing-colon", 1),
        line("A\rB: c\r\n", "bare-cr", 1),
        line("A\nB: c\r\n", "bare-lf", 1),
        line("A\0: c\r\n", "nul", 1),
        line("A: b\n", "bare-lf", 4),
        line("A: b\rc\r\n", "bare-cr", 4),
        line("A: \r\r\n", "bare-cr", 3),
        line("A: b\0c\r\n", "nul", 4),
        line("A: a long value that has a NUL \0 in it\r\n", "nul", 31),
        line("A: b\u{1}c\r\n", "control-octet", 4),
        line("A: b\u{7F}c\r\n", "control-octet", 4),
        line("A: b\r\n\n", "bare-lf", 6),
        line("A: b\r\n\rX", "bare-cr", 6),
    ]

    /// Faults in what the gateway reads out of fields.
    static let fieldValues: [RequestRefusal] = [
        line("\r\n", "missing-host", 0),
        line("Accept: a\r\n\r\n", "missing-host", 11),
        line("Host: a\r\nHost: a\r\n", "repeated-host", 9),
        line("Host: a\r\nhOST: b\r\n", "repeated-host", 9),
        line("Content-Length: \r\n", "bad-content-length", 16),
        line("Content-Length: +5\r\n", "bad-content-length", 16),
        line("Content-Length: -5\r\n", "bad-content-length", 16),
        line("Content-Length: 5, 5\r\n", "bad-content-length", 17),
        line("Content-Length: 0x5\r\n", "bad-content-length", 17),
        line("Content-Length: 5 5\r\n", "bad-content-length", 17),
        line("Content-Length: 9223372036854775808\r\n", "content-length-overflow", 16),
        line("Content-Length: 99999999999999999999\r\n", "content-length-overflow", 16),
        line("Content-Length: 5\r\nContent-Length: 5\r\n", "repeated-content-length", 19),
        line("Content-Length: 5\r\nContent-Length: 6\r\n", "repeated-content-length", 19),
        line(
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "transfer-encoding-with-content-length", 19),
        line(
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            "transfer-encoding-with-content-length", 28),
        line("Transfer-Encoding: chunked, chunked\r\n", "bad-transfer-encoding", 19),
        line("Transfer-Encoding: chunked, gzip\r\n", "bad-transfer-encoding", 19),
        line("Transfer-Encoding: \r\n", "bad-transfer-encoding", 19),
        line("Transfer-Encoding: chunked;q=1\r\n", "bad-transfer-encoding", 26),
        line("Transfer-Encoding: \"chunked\"\r\n", "bad-transfer-encoding", 19),
        line("Transfer-Encoding: chunked,\r\n", "bad-transfer-encoding", 19),
        line(
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            "repeated-transfer-encoding", 28),
        line("Connection: Host\r\n", "connection-names-protected-field", 12),
        line("Connection: close, content-length\r\n", "connection-names-protected-field", 19),
        line("Connection: Transfer-Encoding\r\n", "connection-names-protected-field", 12),
        line("Connection: authorization\r\n", "connection-names-protected-field", 12),
        line("Connection: cookie\r\n", "connection-names-protected-field", 12),
        line("Connection: a b\r\n", "bad-connection", 13),
        line(
            "Connection: a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q\r\n", "too-many-connection-options", 44),
        .init(
            post + "Transfer-Encoding: gzip\r\n", "not-implemented:transfer-coding",
            post.utf8.count + 19),
        .init(
            post + "Transfer-Encoding: gzip, chunked\r\n", "not-implemented:transfer-coding",
            post.utf8.count + 19),
        .init(
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n",
            "bad-request:transfer-encoding-in-http-1.0", 17),
        .init("OPTIONS / HTTP/1.1\r\nMax-Forwards: x\r\n", "bad-request:bad-max-forwards", 34),
    ]

    private static let post = "POST / HTTP/1.1\r\n"

    private static func line(_ text: String, _ name: String, _ offset: Int) -> RequestRefusal {
        .init(post + text, "bad-request:" + name, post.utf8.count + offset)
    }
}
