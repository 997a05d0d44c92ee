import Routing
import Testing

@testable import commonway

/// A URL, a method and headers as typed, read as the gateway reads a request.
@Suite struct AskedRequests {
    private func read(
        _ url: String, method: String = "GET", _ headers: [String] = []
    ) throws(AskedRequest.Fault) -> AskedRequest.Reading {
        try AskedRequest(
            method: method, url: url, headers: headers.compactMap { .init(typed: $0) }
        ).read()
    }

    private func sample(
        _ url: String, _ headers: [String] = []
    ) throws(AskedRequest.Fault) -> RequestSample? {
        guard case .sample(let sample, _) = try read(url, headers) else { return nil }
        return sample
    }

    private func status(
        _ url: String, method: String = "GET", _ headers: [String] = []
    ) throws(AskedRequest.Fault) -> Int? {
        guard case .refused(let status) = try read(url, method: method, headers) else {
            return nil
        }
        return status
    }

    @Test(arguments: [
        ("http://h.org", "http h.org 80 / h.org"),
        ("HTTP://h.org/", "http h.org 80 / h.org"),
        ("https://h.org:8443/x", "https h.org 8443 /x h.org:8443"),
        ("https://h.org:443/x", "https h.org 443 /x h.org"),
        ("http://h.org:/x", "http h.org 80 /x h.org"),
        ("http://[::1]:81/x", "http [::1] 81 /x [::1]:81"),
        ("http://[::1]/x", "http [::1] 80 /x [::1]"),
        ("http://h.org/%7ea/../b/./c#top", "http h.org 80 /b/c h.org"),
        ("http://h.org/a%2fb", "http h.org 80 /a%2Fb h.org"),
    ])
    func `a URL is taken apart, its path in canonical form`(url: String, parts: String) throws {
        let sample = try #require(try sample(url))
        #expect(
            "\(sample.scheme) \(sample.host) \(sample.port) \(sample.path) \(sample.authority)"
                == parts)
    }

    @Test(arguments: [
        ("http://h/x", nil), ("http://h/x?", ""), ("http://h?a=%20&b", "a=%20&b"),
        ("http://h/?a=/../", "a=/../"),
    ])
    func `the query stays as it came`(url: String, query: String?) throws {
        #expect(try #require(try sample(url)).query == query)
    }

    @Test(arguments: [
        "http://h/..%2fx", "http://h/%2e%2e/x", "http://h/%00", "http://h/%zz", "http://h/a b",
        "http://h/é", "http://h/x\r\nA: b", "http://h/<x>",
    ])
    func `a path or query that the gateway refuses has status 400`(url: String) throws {
        #expect(try status(url) == 400)
    }

    @Test func `what the gateway refuses of a head has its status`() throws {
        #expect(try status("http://h/", ["Host: a", "Host: b"]) == 400)
        #expect(try status("http://h/", ["Host: a b"]) == 400)
        #expect(try status("http://h/", ["Content-Length: x"]) == 400)
        #expect(try status("http://h/", method: "TRACE") == 405)
        #expect(try status("http://h/" + String(repeating: "a", count: 9_000)) == 414)
    }

    @Test func `a Host header stands over the URL's host, and the port asked stays`() throws {
        let sample = try #require(try sample("http://127.0.0.1:81/x", ["host: A.org", "X: 1 "]))
        #expect(sample.host == "A.org")
        #expect(sample.authority == "A.org")
        #expect(sample.port == 81)
        #expect(sample.fields == [RequestSample.Field(name: "X", value: "1")])
    }

    @Test func `fields of the connection end at the gateway`() throws {
        let lines = ["Connection: X-Hop", "X-Hop: 1", "Keep-Alive: 5", "A_b: 1", "Accept: a"]
        guard case .sample(_, let ended) = try read("http://h/", lines) else {
            Issue.record("the request is good")
            return
        }
        #expect(ended.map(\.name) == ["Connection", "X-Hop", "Keep-Alive", "A_b"])
    }

    @Test(arguments: [
        "", "x", "/x", "//h/x", "ftp://h/", "http:/h", "http://", "http:///x", "http://u@h/",
        "http://h:65536/", "http://h:a/", "http://:80/", "http://é/", "http://a b/",
    ])
    func `what is no URL of a request is a fault`(url: String) {
        #expect(throws: AskedRequest.Fault.self) { try read(url) }
    }

    @Test func `methods and headers that no request can have are faults`() {
        #expect(throws: AskedRequest.Fault.self) { try read("http://h/", method: "G T") }
        #expect(throws: AskedRequest.Fault.self) { try read("http://h/", ["A b: c"]) }
        #expect(throws: AskedRequest.Fault.self) { try read("http://h/", ["A: b\r\nC: d"]) }
    }
}

/// JSON with null.
@Suite struct NullableJSONTests {
    @Test func `members stay in their order and null is null`() {
        let value = NullableJSON.object([
            .init("b", .null), .init("a\"", .array([.number(1), .text("x\n"), .text(nil)])),
        ])
        #expect(value.line == "{\"b\":null,\"a\\\"\":[1,\"x\\n\",null]}")
    }

    @Test func `header names that differ in case are one, in the first spelling`() {
        let fields = [("X-a", "1"), ("B", "2"), ("x-A", "3")].map {
            RequestSample.Field(name: $0.0, value: $0.1)
        }
        #expect(OutcomeReport.headers(fields).line == "{\"X-a\":[\"1\",\"3\"],\"B\":[\"2\"]}")
    }
}
