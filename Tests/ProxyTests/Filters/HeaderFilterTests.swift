import Proxy
import Testing

@Suite struct `Header filters` {
    @Test func `set takes the place of every line, add gets its own, remove takes all`() throws {
        let filtered = try Filtered(
            filters: #"{"type":"RequestHeaderModifier","requestHeaderModifier":{"set":"#
                + #"[{"name":"X-Set","value":"new"}],"add":[{"name":"X-Add","value":"more"}],"#
                + #""remove":["X-Gone"]}}"#)
        let seen = try filtered.seen(
            "x-set: a\r\nX-Set: b\r\nX-Add: first\r\nx-gone: 1\r\nX-Gone: 2\r\nX-Kept: 1\r\n")
        #expect(seen.fields.filter { $0.name == "x-set" }.map(\.value) == ["new"])
        #expect(seen.fields.filter { $0.name == "x-add" }.map(\.value) == ["first", "more"])
        #expect(seen["x-gone"] == nil)
        #expect(seen["x-kept"] == "1")
    }

    @Test func `a backendRef's edits come after its rule's`() throws {
        let filtered = try Filtered(
            filters: #"{"type":"RequestHeaderModifier","requestHeaderModifier":{"set":"#
                + #"[{"name":"X-A","value":"rule"},{"name":"X-B","value":"rule"}]}}"#,
            reference: #"{"name":"b","filters":[{"type":"RequestHeaderModifier","#
                + #""requestHeaderModifier":{"set":[{"name":"x-a","value":"ref"}],"#
                + #""remove":["x-b"]}}]}"#)
        let seen = try filtered.seen()
        #expect(seen.fields.filter { $0.name == "x-a" }.map(\.value) == ["ref"])
        #expect(seen["x-b"] == nil)
    }

    @Test func `an answer's fields are edited, and not those of a backend's 1xx`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send("HTTP/1.1 103 Early Hints\r\nServer: secret\r\n\r\n")
            try wire.send(
                "HTTP/1.1 200 OK\r\nServer: secret\r\nX-A: 1\r\nX-A: 2\r\n"
                    + "Content-Length: 2\r\n\r\nhi")
        }
        let filtered = try Filtered(
            #"{"filters":[{"type":"ResponseHeaderModifier","responseHeaderModifier":{"set":"#
                + #"[{"name":"X-A","value":"3"}],"add":[{"name":"X-B","value":"4"}],"#
                + #""remove":["Server"]}}],"backendRefs":[{"name":"b"}]}"#,
            backends: ["b": endpoint])
        let wire = try filtered.served.connect()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let hints = try wire.readHead()
        #expect(hints.startLine.hasPrefix("HTTP/1.1 103"))
        #expect(hints["server"] == "secret")
        #expect(hints["x-b"] == nil)
        let response = try wire.readResponse()
        #expect(response.head["server"] == nil)
        #expect(response.head.fields.filter { $0.name == "x-a" }.map(\.value) == ["3"])
        #expect(response.head["x-b"] == "4")
        #expect(response.text == "hi")
    }

    @Test func `a secret goes to the backend that the operator holds it for`() throws {
        let reference =
            #"{"name":"b","filters":[{"type":"RequestHeaderModifier","requestHeaderModifier":"#
            + #"{"set":[{"name":"Authorization","valueFrom":{"secret":"door"}}]}}]}"#
        let held = try Filtered(filters: "", reference: reference) {
            $0.secrets.hold("Bearer 7", as: "door", for: "b")
        }
        #expect(try held.seen("Authorization: mine\r\n")["authorization"] == "Bearer 7")
        let other = try Filtered(filters: "", reference: reference) {
            $0.secrets.hold("Bearer 7", as: "door", for: "c")
        }
        let refused = try other.served.get()
        #expect(refused.status == 503)
        #expect(refused.head["commonway-error"] == "secret-missing")
        #expect(!refused.text.contains("Bearer"))
    }

    @Test func `a retried connection's request is edited like the first`() throws {
        let endpoint = try EndpointServer { wire, number in
            // The kept connection ends as the second request comes.
            let head = try wire.readHead()
            if number == 0 {
                try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                _ = try wire.readHead()
                return
            }
            let text = "\(head.fields.filter { $0.name == "x-set" }.map(\.value))"
            try wire.send("HTTP/1.1 200 OK\r\nContent-Length: \(text.count)\r\n\r\n\(text)")
        }
        let filtered = try Filtered(
            #"{"filters":[{"type":"RequestHeaderModifier","requestHeaderModifier":{"set":"#
                + #"[{"name":"X-Set","value":"1"}]}}],"backendRefs":[{"name":"b"}]}"#,
            backends: ["b": endpoint])
        let wire = try filtered.served.connect()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try wire.readResponse().status == 200)
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\nX-Set: 0\r\n\r\n")
        #expect(try wire.readResponse().text == #"["1"]"#)
    }
}
