import Proxy
import Reactor
import Testing

@Suite struct `Redirects and rewrites` {
    /// Path asked, replacement, path that comes of it; the prefix is `/foo`.
    static let prefixes = [
        ("/foo/bar", "/xyz", "/xyz/bar"), ("/foo/bar", "/xyz/", "/xyz/bar"),
        ("/foo", "/xyz", "/xyz"), ("/foo/", "/xyz", "/xyz/"), ("/foo/", "/xyz/", "/xyz/"),
        ("/foo/bar", "/", "/bar"), ("/foo/bar", "", "/bar"), ("/foo", "/", "/"),
        ("/foo", "", "/"), ("/foo/", "/", "/"), ("/foo/", "", "/"),
        ("/foo/a%2Fb?x=/foo", "/xyz", "/xyz/a%2Fb?x=/foo"), ("/foo/../foo/b", "/c", "/c/b"),
    ]

    @Test(arguments: prefixes)
    func `a prefix gives way to another`(
        asked: String, replacement: String, expected: String
    ) throws {
        let path = #""path":{"type":"ReplacePrefixMatch","replacePrefixMatch":"\#(replacement)"}"#
        let rewritten = try Filtered(
            filters: #"{"type":"URLRewrite","urlRewrite":{\#(path)}}"#, path: "/foo")
        #expect(try rewritten.seen(path: asked).startLine == "GET \(expected) HTTP/1.1")
        let redirected = try Filtered(
            filters: #"{"type":"RequestRedirect","requestRedirect":{"hostname":"b.example.org","#
                + #""scheme":"https",\#(path)}}"#, path: "/foo", reference: "")
        #expect(
            try redirected.served.get(asked).head["location"]
                == "https://b.example.org\(expected)")
    }

    @Test func `host and whole path are rewritten, and the query stays`() throws {
        let filtered = try Filtered(
            filters: #"{"type":"URLRewrite","urlRewrite":{"hostname":"inner.example.org","#
                + #""path":{"type":"ReplaceFullPath","replaceFullPath":"/one"}}}"#)
        let seen = try filtered.seen(path: "/a/b?q=1")
        #expect(seen.startLine == "GET /one?q=1 HTTP/1.1")
        #expect(seen.fields.filter { $0.name == "host" }.map(\.value) == ["inner.example.org"])
        #expect(seen["x-forwarded-host"] == "a.example.org")
    }

    /// Settings, and Location for `http://a.example.org` on a listener of port 1 (`PORT`).
    static let locations = [
        (#""statusCode":301"#, "http://a.example.org:PORT/x?y"),
        (#""scheme":"https""#, "https://a.example.org/x?y"),
        (#""scheme":"http""#, "http://a.example.org/x?y"),
        (#""scheme":"https","port":443"#, "https://a.example.org/x?y"),
        (#""scheme":"https","port":8443"#, "https://a.example.org:8443/x?y"),
        (#""port":80"#, "http://a.example.org/x?y"),
        (#""port":8080"#, "http://a.example.org:8080/x?y"),
        (#""hostname":"b.example.org""#, "http://b.example.org:PORT/x?y"),
    ]

    @Test(arguments: locations)
    func `Location keeps what is not given, and no port that its scheme has anyway`(
        settings: String, expected: String
    ) throws {
        let filtered = try Filtered(
            filters: #"{"type":"RequestRedirect","requestRedirect":{\#(settings)}}"#,
            reference: "")
        let response = try filtered.served.get("/x?y")
        let port = "\(filtered.served.port)"
        #expect(response.head["location"] == expected.replacing("PORT", with: port))
        #expect(response.status == (settings.contains("301") ? 301 : 302))
        #expect(response.head["content-length"] == "0")
        #expect(response.head["commonway-route"] != nil)
    }

    @Test func `scheme and port of a trusted peer count, a stranger's do not`() throws {
        let rule = #"{"type":"RequestRedirect","requestRedirect":{"statusCode":308}}"#
        let lines = "X-Forwarded-Proto: https\r\nX-Forwarded-Port: 8443\r\n"
        let ask = "GET /x HTTP/1.1\r\nHost: a.example.org\r\n\(lines)\r\n"
        let loopback = try #require(AddressNetwork("127.0.0.0/8"))
        let trusting = try Filtered(filters: rule, reference: "") {
            $0.trustedNetworks = [loopback]
        }
        let told = try trusting.served.ask(ask)
        #expect(told.status == 308)
        #expect(told.head["location"] == "https://a.example.org:8443/x")
        let wary = try Filtered(filters: rule, reference: "")
        #expect(
            try wary.served.ask(ask).head["location"]
                == "http://a.example.org:\(wary.served.port)/x")
    }

    @Test func `a redirected request with a body at hand leaves the connection usable`() throws {
        let filtered = try Filtered(
            filters: #"{"type":"RequestRedirect","requestRedirect":{"statusCode":307}}"#,
            reference: "")
        let wire = try filtered.served.connect()
        let ask = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        try wire.send(ask + ask)
        #expect(try wire.readResponse().status == 307)
        #expect(try wire.readResponse().status == 307)
    }
}
