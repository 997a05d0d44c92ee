import HTTP1
import Testing

/// `traceparent`: passed on when valid, made when there is none.
@Suite struct TraceContextTests {
    private static let good = "00" + rest
    private static let rest = "-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test(arguments: ["00\(rest)", "cc\(rest)-more", "cc\(rest)", "0a\(rest)-"])
    func `a value of any version but ff is valid`(_ value: String) {
        #expect(isValid(value))
    }

    @Test(arguments: [
        "", "00\(rest)-", "ff\(rest)", "0A\(rest)", "cc\(rest)x", "00\(rest.dropLast())",
        "00_\(rest.dropFirst())", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
    ])
    func `a value of another shape is not valid`(_ value: String) {
        #expect(!isValid(value))
    }

    private func isValid(_ value: String) -> Bool {
        let octets = Array(value.utf8)
        return TraceContext.isValid(octets.span)
    }

    @Test func `a valid trace goes on with its state`() throws {
        let lines = "traceparent: \(Self.good)\r\ntracestate: a=b\r\n"
        let written = try seeded([UInt8](repeating: 7, count: 24)).forward(request(lines))
        #expect(written.contains(lines))
        #expect(!written.contains("-0707070707070707-"))
    }

    @Test(arguments: [
        "", "traceparent: x\r\ntracestate: a=b\r\n",
        "Connection: traceparent\r\ntraceparent: \(good)\r\n",
        "traceparent: \(good)\r\ntraceparent: \(good)\r\n", "tracestate: a=b\r\n",
    ])
    func `without a valid trace a new one begins`(_ lines: String) throws {
        let written = try seeded((0..<24).map { UInt8($0) }).forward(request(lines))
        let made = "traceparent: 00-000102030405060708090a0b0c0d0e0f-1011121314151617-00\r\n"
        #expect(written.components(of: "traceparent: ") == 1)
        #expect(written.contains(made))
        #expect(!written.contains("tracestate"))
    }

    @Test func `a seed of zeros still makes a valid trace`() throws {
        let written = try seeded([UInt8](repeating: 0, count: 24)).forward(request(""))
        #expect(
            written.contains(
                "traceparent: 00-00000000000000000000000000000001-0000000000000001-00\r\n"))
    }

    private func request(_ lines: String) -> String {
        "GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n"
    }

    private func seeded(_ octets: [UInt8]) -> RequestForwarder {
        var forwarder = RequestForwarder()
        forwarder.forwarding.traceSeed = InlineArray { octets[$0] }
        return forwarder
    }
}

extension String {
    /// How often a text stands in this one.
    fileprivate func components(of text: String) -> Int {
        indices.count { self[$0...].hasPrefix(text) }
    }
}
