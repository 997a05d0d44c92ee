import HTTP1
import Testing

/// `uri-host [":" port]` octet by octet, as it stands in Host.
@Suite struct HostTests {
    @Test(
        arguments: [
            ("a.example", "a.example", nil), ("a.example:80", "a.example", 80),
            ("a.example:", "a.example", nil), ("a.example.", "a.example.", nil),
            ("a_b~!$&'()*+,;=", "a_b~!$&'()*+,;=", nil), ("%61.example", "%61.example", nil),
            ("127.0.0.1:65535", "127.0.0.1", 65_535), ("999.1.1.1", "999.1.1.1", nil),
            ("[::]", "[::]", nil), ("[::1]:8080", "[::1]", 8080), ("[1::]", "[1::]", nil),
            ("[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8]", nil),
            ("[1:2:3:4:5:6:7::]", "[1:2:3:4:5:6:7::]", nil),
            ("[2001:DB8::7]", "[2001:DB8::7]", nil), ("[::ffff:1.2.3.4]", "[::ffff:1.2.3.4]", nil),
            ("[1:2:3:4:5:6:1.2.3.4]", "[1:2:3:4:5:6:1.2.3.4]", nil),
            ("[v1.a:b]", "[v1.a:b]", nil), ("[VaF.~]", "[VaF.~]", nil),
        ] as [(String, String, UInt16?)])
    func `a good host is taken apart`(_ value: String, _ host: String, _ port: UInt16?) throws {
        let (head, octets) = try parsed("GET / HTTP/1.1\r\nHost: \(value)\r\n\r\n")
        #expect(String(octets, head.host) == host)
        #expect(head.port == port)
        #expect(String(octets, head.authorityOrHost) == value)
    }

    @Test(arguments: [
        ("", 0), (":80", 0), ("a b", 1), ("a/b", 1), ("a@b", 1), ("u:p@b", 2), ("a?b", 1),
        ("a#b", 1), ("a\\b", 1), ("a\"b", 1), ("<a>", 0), ("a,b:x", 4), ("http://a", 5),
        ("a:b", 2), ("a:8x", 3), ("a:65536", 6), ("a:80:80", 4), ("a:-1", 2), ("%", 0),
        ("%4", 0), ("%4g", 0), ("a%zz", 1), ("\u{E9}", 0), ("a]", 1), ("[::1", 4), ("[]", 1),
        ("[::1]x", 5), ("[1:2]", 4), ("[:1]", 1), ("[1:]", 2), ("[::1::]", 5),
        ("[1:2:3:4:5:6:7:8:9]", 18), ("[1:2:3:4:5:6:7::8]", 17), ("[12345::]", 5), ("[g::]", 1),
        ("[::1.2.3]", 8), ("[::1.2.3.256]", 11), ("[::01.2.3.4]", 4), ("[::1.2.3.4:1]", 10),
        ("[fe80::1%25en0]", 8), ("[v.a]", 2), ("[v1]", 3), ("[v1.]", 4), ("[v1.a/]", 5),
        ("::1", 0), ("[[::1]]", 1),
    ])
    func `an octet that cannot stand in a host is refused there`(
        _ value: String, _ offset: Int
    ) {
        let start = "GET / HTTP/1.1\r\nHost: "
        let fault = MessageError(.badHost, side: .request, at: start.utf8.count + offset)
        #expect(readRequest("\(start)\(value)\r\n\r\n") == .refused(fault))
    }

    @Test func `a bad Host is refused beside an absolute form too`() {
        let outcome = readRequest("GET http://a/ HTTP/1.1\r\nHost: a b\r\n\r\n")
        #expect(outcome.summary == "bad-request:bad-host at octet 31")
    }
}
