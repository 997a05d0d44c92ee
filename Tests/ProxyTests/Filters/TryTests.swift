import Proxy
import Synchronization
import Testing

@Suite struct `Timeouts and retries` {
    private func filtered(_ members: String, _ endpoint: EndpointServer) throws -> Filtered {
        try Filtered(
            #"{"backendRefs":[{"name":"b"}],\#(members)}"#, backends: ["b": endpoint])
    }

    /// Answers with these statuses one request after the other, then 200; counts them.
    private func answering(
        _ statuses: [Int], _ count: Counter = Counter()
    ) throws -> EndpointServer {
        try EndpointServer { wire, _ in
            while true {
                let head = try wire.readHead()
                let body = try wire.readBody(of: head)
                let number = count.next()
                let status = number < statuses.count ? statuses[number] : 200
                let text = "\(number) " + String(decoding: body, as: UTF8.self)
                try wire.send(
                    "HTTP/1.1 \(status) X\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")
            }
        }
    }

    final class Counter: Sendable {
        private let value = Atomic<Int>(0)
        func next() -> Int { value.add(1, ordering: .relaxed).oldValue }
        var count: Int { value.load(ordering: .relaxed) }
    }

    @Test func `a request that takes too long is answered 504`() throws {
        let silent = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            _ = try wire.readHead()
        }
        let whole = try filtered(#""timeouts":{"request":"300ms"}"#, silent)
        let response = try whole.served.get()
        #expect(response.status == 504)
        #expect(response.head["commonway-error"] == "request-timeout")
        let each = try filtered(#""timeouts":{"request":"5s","backendRequest":"200ms"}"#, silent)
        let tried = try each.served.get()
        #expect(tried.status == 504)
        #expect(tried.head["commonway-error"] == "endpoint-timeout")
    }

    @Test func `an answer that began and does not end in time is cut`() throws {
        let dripping = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            while true {
                try wire.send("x")
                Pause.milliseconds(20)
            }
        }
        for members in [
            #""timeouts":{"request":"300ms"}"#, #""timeouts":{"backendRequest":"300ms"}"#,
        ] {
            let filtered = try filtered(members, dripping)
            let wire = try filtered.served.connect()
            try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try wire.readHead().startLine == "HTTP/1.1 200 OK")
            #expect(throws: Wire.Fault.self) { try wire.read(1000) }
        }
    }

    @Test func `a slow answer within its time passes, and 0s turns a bound off`() throws {
        let slow = try EndpointServer { wire, _ in
            while true {
                _ = try wire.readHead()
                Pause.milliseconds(400)
                try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let patient = try Filtered(
            #"{"backendRefs":[{"name":"b"}],"timeouts":{"request":"0s"}}"#, backends: ["b": slow]
        ) { $0.timeouts.firstOctetMs = 100 }
        #expect(try patient.served.get().status == 200)
        let bounded = try Filtered(
            #"{"backendRefs":[{"name":"b"}]}"#, backends: ["b": slow]
        ) { $0.timeouts.firstOctetMs = 100 }
        #expect(try bounded.served.get().status == 504)
        let roomy = try filtered(#""timeouts":{"request":"5s","backendRequest":"3s"}"#, slow)
        #expect(try roomy.served.get().status == 200)
    }

    /// Statuses answered, what the rule says, status that the client gets, requests that came.
    static let retried: [([Int], String, Int, Int)] = [
        ([503], #"{"attempts":2,"codes":[503]}"#, 200, 2),
        ([503, 502], #"{"attempts":2,"codes":[503,502]}"#, 200, 3),
        ([503, 503, 503], #"{"attempts":2,"codes":[503]}"#, 503, 3),
        ([503], #"{"attempts":2,"codes":[502]}"#, 503, 1),
        ([503], #"{"attempts":0,"codes":[503]}"#, 503, 1),
        ([503], #"{"attempts":2}"#, 503, 1),
        ([404], #"{"codes":[404]}"#, 200, 2),
        ([503], #"{"attempts":1,"codes":[503],"backoff":"50ms"}"#, 200, 2),
    ]

    @Test(arguments: retried)
    func `the statuses that a route names are tried again, so often`(
        statuses: [Int], retry: String, expected: Int, requests: Int
    ) throws {
        let count = Counter()
        let filtered = try filtered(
            #""retry":\#(retry)"#, try answering(statuses, count))
        let response = try filtered.served.get()
        #expect(response.status == expected)
        #expect(count.count == requests)
        #expect(response.text == "\(requests - 1) ")
    }

    @Test func `a body at hand is sent again whole; POST is not repeated once sent`() throws {
        let count = Counter()
        let filtered = try filtered(
            #""retry":{"attempts":3,"codes":[503]}"#, try answering([503, 503], count))
        let ask = " / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody"
        let post = try filtered.served.ask("POST" + ask)
        #expect(post.status == 503)
        #expect(count.count == 1)
        let put = try filtered.served.ask("PUT" + ask)
        #expect(put.status == 200)
        #expect(put.text == "2 body")
    }

    @Test func `a try that timed out or broke off is tried again`() throws {
        let count = Counter()
        let endpoint = try EndpointServer { wire, _ in
            while true {
                _ = try wire.readHead()
                switch count.next() {
                case 0:
                    // Says nothing until the gateway gives up.
                    _ = try wire.readHead()
                case 1: return
                default: try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                }
            }
        }
        let filtered = try filtered(
            #""timeouts":{"backendRequest":"200ms"},"retry":{"attempts":2,"backoff":"10ms"}"#,
            endpoint)
        #expect(try filtered.served.get().status == 200)
        #expect(count.count == 3)
    }

    @Test func `retries end with the time of the request`() throws {
        let count = Counter()
        let filtered = try filtered(
            #""timeouts":{"request":"300ms"},"#
                + #""retry":{"attempts":10,"codes":[503],"backoff":"100ms"}"#,
            try answering([Int](repeating: 503, count: 99), count))
        #expect(try filtered.served.get().status == 503)
        #expect(count.count == 2)
    }

    @Test func `where nobody listens, any method is tried again after the pause`() throws {
        let gone = try EndpointServer { _, _ in }
        gone.stop()
        Pause.milliseconds(50)
        let filtered = try filtered(#""retry":{"attempts":2,"backoff":"20ms"}"#, gone)
        let response = try filtered.served.ask(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
        #expect(response.status == 503)
        #expect(response.head["commonway-error"] == "connect-failed")
    }
}
