import Foundation
import Proxy
import Reactor
import Routing
import Testing

/// Lines about requests, read back as JSON.
@Suite struct `Access log` {
    /// What a line says.
    private struct Line: Decodable {
        let time: String
        let client: String?
        let method: String?
        let host: String?
        let path: String?
        let route: String?
        let proposal: Int?
        let entry: Int?
        let endpoint: String?
        let status: Int?
        let requestOctets: Int
        let responseOctets: Int
        let firstOctetMs: Double?
        let durationMs: Double
        let tunnel: Bool?
        let error: String?
    }

    private func served(
        _ port: UInt16, change: (inout GatewayConfiguration) -> Void = { _ in }
    ) throws -> Served {
        try Served(RouteTable.all(to: port)) { configuration in
            configuration.accessLog = AccessLogSettings()
            change(&configuration)
        }
    }

    /// Waits for so many lines.
    private func lines(_ count: Int, of served: Served) throws -> [Line] {
        var text = ""
        while text.split(separator: "\n").count < count {
            _ = served.gateway.drainAccessLog { (run: Span<UInt8>) in
                text += String(decoding: run.indices.map { run[$0] }, as: UTF8.self)
            }
            try yieldAMoment()
        }
        #expect(text.hasSuffix("}\n"))
        return try text.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    @Test func `a served request is told with its vote and its endpoint`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try served(endpoint.port)
        let body = try served.ask(
            "POST /a%20b?secret=1 HTTP/1.1\r\nHost: a.example.org:80\r\n"
                + "Content-Length: 5\r\n\r\nhello"
        ).body
        let line = try #require(try lines(1, of: served).first)
        #expect(line.client == "127.0.0.0")
        #expect(line.method == "POST")
        #expect(line.host == "a.example.org:80")
        #expect(line.path == "/a%20b")
        #expect(line.route == "all/#1")
        #expect(line.proposal == 2)
        #expect(line.entry == 2)
        #expect(line.endpoint == "127.0.0.1:\(endpoint.port)")
        #expect(line.status == 200)
        #expect(line.requestOctets == 5)
        #expect(line.responseOctets == body.count)
        #expect(try #require(line.firstOctetMs) <= line.durationMs)
        #expect(line.error == nil)
        #expect(line.time.hasSuffix("Z") && line.time.count == 24)
    }

    @Test func `the query is told only when asked for`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try served(endpoint.port) { $0.accessLog?.showsQuery = true }
        _ = try served.get("/x?q=\"\\")
        #expect(try lines(1, of: served).map(\.path) == ["/x?q=\"\\"])
    }

    @Test(arguments: [
        (AccessLogSettings.Clients.whole, "127.0.0.1" as String?), (.none, nil),
        (.truncated, "127.0.0.0"),
    ])
    func `as much of the client is told as was settled`(
        _ clients: AccessLogSettings.Clients, _ expected: String?
    ) throws {
        let endpoint = try EndpointServer.echo()
        let served = try served(endpoint.port) { $0.accessLog?.clients = clients }
        _ = try served.get()
        #expect(try lines(1, of: served).map(\.client) == [expected])
    }

    @Test(arguments: [
        ("192.0.2.77", "192.0.2.0"), ("10.9.8.7, 198.51.100.20", "198.51.100.0"),
        ("2001:db8:1:2:3::5", "2001:db8:1::"), ("2001:db8::5", "2001:db8::"), ("::1", "::"),
        ("unknown", "127.0.0.0"),
    ])
    func `whom a trusted peer names is told, truncated`(_ named: String, _ told: String) throws {
        let endpoint = try EndpointServer.echo()
        let served = try served(endpoint.port) {
            $0.trustedNetworks = [AddressNetwork("127.0.0.1")].compactMap { $0 }
        }
        _ = try served.ask("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: \(named)\r\n\r\n")
        #expect(try lines(1, of: served).map(\.client) == [told])
    }

    @Test func `refusals and failures are told by kind`() throws {
        let served = try served(1)
        _ = try served.ask("GET / HTTP/1.1\r\n\r\n")
        _ = try served.ask("GET / HTTP/1.1\r\nHost: a\r\nX: \u{1}\r\n\r\n")
        _ = try served.get()
        let lines = try lines(3, of: served)
        #expect(
            lines.map(\.error) == [
                "bad-request:missing-host", "bad-request:control-octet", "connect-failed",
            ])
        #expect(lines.map(\.status) == [400, 400, 503])
        #expect(lines[2].endpoint == "127.0.0.1:1")
        #expect(lines[2].route == "all/#1")
    }

    @Test func `a response cut short and a client that went away are told`() throws {
        let endpoint = try EndpointServer { wire, number in
            _ = try wire.readHead()
            if number == 0 {
                try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            } else {
                _ = try wire.readToEnd()
            }
        }
        let served = try served(endpoint.port)
        let cut = try served.connect()
        try cut.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try cut.readToEnd().hasSuffix("abc"))
        do {
            let gone = try served.connect()
            try gone.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx")
            while endpoint.connectionCount < 2 { try yieldAMoment() }
        }
        let lines = try lines(2, of: served)
        #expect(lines.map(\.error) == ["response-cut-short", "client-closed"])
        #expect(lines.map(\.status) == [200, nil])
        #expect(lines.map(\.responseOctets) == [3, 0])
    }

    @Test func `a tunnel is told when it ends`() throws {
        let endpoint = try EndpointServer { wire, _ in
            _ = try wire.readHead()
            try wire.send(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
            try wire.send(try wire.read(4))
        }
        let served = try served(endpoint.port)
        let wire = try served.connect()
        try wire.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nping")
        _ = try wire.readHead()
        #expect(try wire.read(4).count == 4)
        wire.endWriting()
        let line = try #require(try lines(1, of: served).first)
        #expect(line.tunnel == true)
        #expect(line.status == 101)
        #expect(line.requestOctets == 4)
        #expect(line.responseOctets == 4)
        #expect(line.route == "all/#1")
    }

    @Test func `the longest parts fit one line`() throws {
        let endpoint = try EndpointServer.echo()
        let served = try served(endpoint.port) { $0.accessLog?.showsQuery = true }
        let quotes = String(repeating: "\"", count: 4_000)
        let host = String(repeating: "a", count: 4_000)
        _ = try served.ask("GET /?\(quotes) HTTP/1.1\r\nHost: \(host)\r\n\r\n")
        let line = try #require(try lines(1, of: served).first)
        #expect(line.status == 200)
        #expect(line.path == "/?" + quotes.prefix(398))
    }
}
