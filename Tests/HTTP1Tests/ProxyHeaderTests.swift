import HTTP1
import Testing

@Suite struct ProxyHeaderTests {
    private func parse(_ octets: [UInt8]) throws -> ProxyHeader.Progress {
        try ProxyHeader.parse(octets.span)
    }

    private static let text = Array("PROXY TCP4 198.51.100.7 203.0.113.1 65535 443\r\n".utf8)
    private static let binary: [UInt8] =
        [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
        + [0x21, 0x21, 0, 36] + [UInt8](repeating: 7, count: 32) + [1, 2, 3, 4]

    @Test(arguments: [text, binary])
    func `a header is understood whatever part of it has come, and what follows is left`(
        _ header: [UInt8]
    ) throws {
        for count in 0..<header.count {
            #expect(try parse(Array(header[0..<count])) == .needMore, "\(count)")
        }
        guard case .complete(let octets, let source) = try parse(header + Array("GET ".utf8))
        else {
            Issue.record("not complete")
            return
        }
        #expect(octets == header.count)
        switch source {
        case .text(let range, let destination, let port, let isIPv6):
            #expect(String(decoding: header[destination], as: UTF8.self) == "203.0.113.1")
            #expect(!isIPv6)
            #expect(String(decoding: header[range], as: UTF8.self) == "198.51.100.7")
            #expect(port == 65_535)
        case .octets(let range, let port):
            #expect(range == 16..<32)
            #expect(port == 0x0102)
        case .unknown: Issue.record("no source")
        }
    }

    @Test(arguments: [
        ("GET", 0), ("PROXX", 4), ("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n", 30),
        ("PROXY TCP4  1.2.3.4 1.2.3.4 1 2\r\n", 11), ("PROXY TCP4 1.2.3.4 1.2.3.4 1 65536\r\n", 29),
        ("PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n", 28), ("PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n", 6),
        ("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n", 32), ("PROXY TCP4 1.2.3.4 1.2.3.4 x 2\r\n", 27),
        ("PROXY tcp4 1.2.3.4 1.2.3.4 1 2\r\n", 6), ("PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n", 27),
        ("PROXY TCP4 \u{7F}", 11), ("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\rX", 31),
    ])
    func `what no header can have is refused where it stands`(_ text: String, _ offset: Int) {
        #expect(throws: ProxyHeader.Fault(offset: offset)) {
            _ = try ProxyHeader.parse(Array(text.utf8).span)
        }
    }

    @Test(
        arguments: [
            ([0x31, 0x11, 0, 12], 12), ([0x22, 0x11, 0, 12], 12), ([0x21, 0x11, 0, 11], 14),
            ([0x21, 0x21, 0, 35], 14), ([0x21, 0x11, 0xFF, 0xFF], 14),
        ] as [([UInt8], Int)])
    func `another version, command or length of the binary form is refused`(
        _ rest: [UInt8], _ offset: Int
    ) {
        let octets = Array(Self.binary[0..<12]) + rest
        #expect(throws: ProxyHeader.Fault(offset: offset)) { _ = try parse(octets) }
    }

    @Test func `a line without an end is refused at its bound`() {
        let octets = Array(("PROXY UNKNOWN " + String(repeating: "x", count: 200)).utf8)
        #expect(throws: ProxyHeader.Fault(offset: 105)) { _ = try parse(octets) }
    }
}
