import Proxy
import Testing

@Suite struct `Cross-origin requests` {
    private func filtered(_ policy: String, on reference: Bool = false) throws -> Filtered {
        let endpoint = try EndpointServer { wire, _ in
            while true {
                _ = try wire.readHead()
                try wire.send(
                    "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: evil\r\n"
                        + "Access-Control-Allow-Credentials: true\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let filter = #""filters":[{"type":"CORS","cors":{\#(policy)}}]"#
        return try Filtered(
            reference
                ? #"{"backendRefs":[{"name":"b",\#(filter)}]}"#
                : #"{\#(filter),"backendRefs":[{"name":"b"}]}"#, backends: ["b": endpoint])
    }

    private func ask(_ filtered: Filtered, _ origin: String?) throws -> Response {
        let line = origin.map { "Origin: \($0)\r\n" } ?? ""
        return try filtered.served.ask("GET / HTTP/1.1\r\nHost: a\r\n\(line)\r\n")
    }

    private func preflight(_ filtered: Filtered, _ origin: String) throws -> Response {
        try filtered.served.ask(
            "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: \(origin)\r\n"
                + "Access-Control-Request-Method: PUT\r\n"
                + "Access-Control-Request-Headers: x-one, x-two\r\n\r\n")
    }

    static let origins: [(String, String, Bool)] = [
        (#""https://a.example.org""#, "https://a.example.org", true),
        (#""https://a.example.org""#, "http://a.example.org", false),
        (#""https://a.example.org""#, "https://a.example.org:8443", false),
        (#""https://a.example.org:8443""#, "https://a.example.org:8443", true),
        (#""https://a.example.org""#, "https://a.example.org.evil.org", false),
        (#""https://*.example.org""#, "https://a.example.org", true),
        (#""https://*.example.org""#, "https://a.b.example.org", true),
        (#""https://*.example.org""#, "https://example.org", false),
        (#""https://*.example.org""#, "https://.example.org", false),
        (#""https://*.example.org""#, "https://evil/.example.org", false),
        (#""https://*.example.org""#, "http://a.example.org", false),
        (#""https://*.example.org:81""#, "https://a.example.org:81", true),
        (#""https://*.example.org:81""#, "https://a.example.org", false),
        (#""https://x.org","https://y.org""#, "https://y.org", true),
        (#""*""#, "null", true),
    ]

    @Test(arguments: origins)
    func `only an allowed origin is named, whatever the endpoint says`(
        allowed: String, origin: String, isAllowed: Bool
    ) throws {
        let filtered = try filtered(#""allowOrigins":[\#(allowed)],"exposeHeaders":["X-A"]"#)
        let response = try ask(filtered, origin)
        let expected = isAllowed ? (allowed == #""*""# ? "*" : origin) : nil
        #expect(response.status == 200)
        #expect(response.head["access-control-allow-origin"] == expected)
        #expect(response.head["access-control-allow-credentials"] == nil)
        #expect(response.head["access-control-expose-headers"] == (isAllowed ? "X-A" : nil))
        #expect(response.head["vary"] == (allowed == #""*""# ? nil : "Origin"))
    }

    @Test(arguments: [false, true])
    func `a preflight is answered by the gateway`(onReference: Bool) throws {
        let filtered = try filtered(
            #""allowOrigins":["https://a.org"],"allowMethods":["GET","PUT"],"#
                + #""allowHeaders":["X-One"],"maxAge":60"#, on: onReference)
        let response = try preflight(filtered, "https://a.org")
        #expect(response.status == 204)
        #expect(response.head["access-control-allow-origin"] == "https://a.org")
        #expect(response.head["access-control-allow-methods"] == "GET, PUT")
        #expect(response.head["access-control-allow-headers"] == "X-One")
        #expect(response.head["access-control-max-age"] == "60")
        #expect(filtered.backends[0].connectionCount == 0)
        let refused = try preflight(filtered, "https://b.org")
        #expect(refused.status == 204)
        #expect(refused.head["access-control-allow-origin"] == nil)
        #expect(refused.head["access-control-allow-methods"] == nil)
    }

    @Test func `with credentials nothing is answered with a star`() throws {
        let filtered = try filtered(
            #""allowOrigins":["*"],"allowMethods":["*"],"allowHeaders":["*"],"#
                + #""allowCredentials":true"#)
        let response = try preflight(filtered, "https://a.org")
        #expect(response.head["access-control-allow-origin"] == "https://a.org")
        #expect(response.head["access-control-allow-credentials"] == "true")
        #expect(response.head["access-control-allow-methods"] == "PUT")
        #expect(response.head["access-control-allow-headers"] == "x-one, x-two")
        #expect(response.head["vary"] == "Origin")
    }

    @Test func `OPTIONS that is no preflight goes on, and so does a request without origin`() throws
    {
        let filtered = try filtered(#""allowOrigins":["https://a.org"]"#)
        let options = try filtered.served.ask(
            "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: https://a.org\r\n\r\n")
        #expect(options.status == 200)
        #expect(options.head["access-control-allow-origin"] == "https://a.org")
        let plain = try ask(filtered, nil)
        #expect(plain.head["access-control-allow-origin"] == nil)
        #expect(plain.head["vary"] == "Origin")
    }

    @Test func `a failure of the gateway's own says it too, so that scripts can read it`() throws {
        let gone = try EndpointServer { _, _ in }
        let filtered = try Filtered(
            #"{"filters":[{"type":"CORS","cors":{"allowOrigins":["https://a.org"]}}],"#
                + #""backendRefs":[{"name":"b"}]}"#, backends: ["b": gone])
        let response = try ask(filtered, "https://a.org")
        #expect(response.status == 503)
        #expect(response.head["access-control-allow-origin"] == "https://a.org")
    }
}
