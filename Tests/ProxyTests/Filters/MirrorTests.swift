import Proxy
import Synchronization
import Testing

/// Requests that an endpoint got, as it got them.
private final class Records: Sendable {
    private let records = Mutex<[(head: Head, body: String)]>([])

    func append(_ head: Head, _ body: [UInt8]) {
        records.withLock { $0.append((head, String(decoding: body, as: UTF8.self))) }
    }

    var all: [(head: Head, body: String)] { records.withLock { $0 } }

    /// Waits until so many were got.
    func wait(for count: Int) -> Bool {
        for _ in 0..<2000 {
            if all.count >= count { return true }
            Pause.milliseconds(5)
        }
        return false
    }
}

@Suite struct `Mirrors` {
    private func recorder(_ records: Records) throws -> EndpointServer {
        try EndpointServer { wire, _ in
            wire.limitMs = 60_000
            while true {
                let head = try wire.readHead()
                records.append(head, try wire.readBody(of: head))
                try wire.send("HTTP/1.1 500 Oh\r\nContent-Length: 3\r\n\r\noh!")
            }
        }
    }

    private func filtered(_ settings: String, _ mirror: EndpointServer) throws -> Filtered {
        try Filtered(
            #"{"filters":[{"type":"RequestMirror","requestMirror":{"backendRef":{"name":"m"}"#
                + #"\#(settings)}}],"backendRefs":[{"name":"b"}]}"#,
            backends: ["b": try .echo(), "m": mirror])
    }

    @Test(arguments: [
        "GET /a?b HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n\r\n",
        "POST /a?b HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nContent-Length: 4\r\n\r\nbody",
        "POST /a?b HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "2;x=y\r\nbo\r\n2\r\ndy\r\n0\r\nT: 1\r\n\r\n",
    ])
    func `a copy has the whole request, and its answer is dropped`(ask: String) throws {
        let records = Records()
        let filtered = try filtered("", try recorder(records))
        let wire = try filtered.served.connect()
        for _ in 0..<3 {
            try wire.send(ask)
            let response = try wire.readResponse()
            #expect(response.status == 200)
            #expect(response.head["served-by"] == "echo")
        }
        #expect(records.wait(for: 3))
        let hasBody = ask.hasPrefix("POST")
        for record in records.all {
            #expect(record.head.startLine == (hasBody ? "POST" : "GET") + " /a?b HTTP/1.1")
            #expect(record.head["x-a"] == "1")
            #expect(record.head["x-forwarded-for"] == "127.0.0.1")
            #expect(record.body == (hasBody ? "body" : ""))
        }
        #expect(filtered.backends[1].connectionCount <= 3)
    }

    @Test(arguments: [
        (#","percent":20"#, 200), (#","fraction":{"numerator":1,"denominator":8}"#, 125),
        (#","percent":0"#, 0),
    ])
    func `so many of a thousand are copied`(settings: String, expected: Int) throws {
        let records = Records()
        let filtered = try filtered(settings, try recorder(records))
        let wire = try filtered.served.connect()
        for _ in 0..<1000 {
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try wire.readResponse()
        }
        #expect(records.wait(for: expected))
        #expect(records.all.count == expected)
    }

    @Test func `a mirror that hangs, refuses or is large costs the request nothing`() throws {
        let hanging = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            _ = try wire.readHead()
        }
        let filtered = try filtered("", hanging)
        let wire = try filtered.served.connect()
        for _ in 0..<700 {
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try wire.readResponse().status == 200)
        }
        // Copies are bounded: what finds no room is lost.
        #expect(hanging.connectionCount <= 512)
        let body = String(repeating: "x", count: 300_000)
        try wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n\(body)")
        #expect(try wire.readResponse().text.hasSuffix(body))
    }

    @Test func `a copy is made of what the filters before the mirror made of the request`() throws {
        let first = Records()
        let second = Records()
        let edit =
            #"{"type":"RequestHeaderModifier","requestHeaderModifier":{"set":"#
            + #"[{"name":"X-A","value":"edited"}]}}"#
        let mirror = { (name: String) in
            #"{"type":"RequestMirror","requestMirror":{"backendRef":{"name":"\#(name)"}}}"#
        }
        let rewrite =
            #"{"type":"URLRewrite","urlRewrite":{"path":{"type":"ReplaceFullPath","#
            + #""replaceFullPath":"/new"}}}"#
        let filtered = try Filtered(
            #"{"filters":[\#(mirror("m")),\#(edit),\#(rewrite),\#(mirror("n"))],"#
                + #""backendRefs":[{"name":"b"}]}"#,
            backends: [
                "b": try .echo(), "m": try recorder(first), "n": try recorder(second),
            ])
        let seen = try filtered.seen("X-A: original\r\n", path: "/old")
        #expect(seen.startLine == "GET /new HTTP/1.1")
        #expect(first.wait(for: 1) && second.wait(for: 1))
        #expect(first.all[0].head.startLine == "GET /old HTTP/1.1")
        #expect(first.all[0].head["x-a"] == "original")
        #expect(second.all[0].head.startLine == "GET /new HTTP/1.1")
        #expect(second.all[0].head["x-a"] == "edited")
    }
}
