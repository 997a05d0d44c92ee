import Proxy
import Reactor
import Routing
import Testing

/// Whose request it is: the peer's, or whom a trusted peer or a PROXY protocol header names.
@Suite struct `Client addresses` {
    private func served(
        trusting networks: [String] = [], expectsHeader: Bool = false
    ) throws -> Served {
        let endpoint = try EndpointServer.echo()
        return try Served(RouteTable.all(to: endpoint.port)) { configuration in
            configuration.trustedNetworks = networks.compactMap { AddressNetwork($0) }
            configuration.listeners[0].expectsProxyHeader = expectsHeader
        }
    }

    private static let claims =
        "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: https\r\n"
        + "X-Forwarded-Host: b\r\nForwarded: for=192.0.2.9;proto=https\r\n\r\n"

    @Test func `what an untrusted peer claims is overwritten`() throws {
        let text = try served(trusting: ["10.0.0.0/8"]).ask(Self.claims).text
        #expect(text.contains("x-forwarded-for: 127.0.0.1\n"))
        #expect(text.contains("x-forwarded-proto: http\n"))
        #expect(text.contains("x-forwarded-host: a\n"))
        #expect(text.contains("forwarded: for=127.0.0.1;host=\"a\";proto=http\n"))
    }

    @Test func `what a trusted peer says is kept and added to`() throws {
        let text = try served(trusting: ["10.0.0.0/8", "127.0.0.0/8"]).ask(Self.claims).text
        #expect(text.contains("x-forwarded-for: 192.0.2.9, 127.0.0.1\n"))
        #expect(text.contains("x-forwarded-proto: https, http\n"))
        #expect(text.contains("x-forwarded-host: b, a\n"))
        #expect(
            text.contains(
                "forwarded: for=192.0.2.9;proto=https, for=127.0.0.1;host=\"a\";proto=http\n"))
    }

    @Test func `https in the target is misdirected unless a trusted peer ended the TLS`() throws {
        let request = "GET https://a/ HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https\r\n\r\n"
        #expect(try served().ask(request).status == 421)
        let trusting = try served(trusting: ["127.0.0.1"])
        #expect(try trusting.ask(request).status == 200)
        #expect(try trusting.ask("GET https://a/ HTTP/1.1\r\nHost: a\r\n\r\n").status == 421)
    }

    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test(arguments: [
        ("PROXY TCP4 198.51.100.7 127.0.0.1 5000 80\r\n", "198.51.100.7"),
        ("PROXY TCP6 2001:db8::7 ::1 5000 80\r\n", "2001:db8::7"),
        ("PROXY UNKNOWN\r\n", "127.0.0.1"),
        ("PROXY UNKNOWN whatever it says\r\n", "127.0.0.1"),
    ])
    func `a header of version 1 names the client`(_ header: String, _ client: String) throws {
        let served = try served(expectsHeader: true)
        #expect(
            try served.ask(header + Self.request).text.contains("x-forwarded-for: \(client)\n"))
        // And octet by octet.
        let wire = try served.connect()
        for octet in Array((header + Self.request).utf8) { try wire.send([octet]) }
        #expect(try wire.readResponse().text.contains("x-forwarded-for: \(client)\n"))
    }

    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]

    @Test(
        arguments: [
            (
                [0x21, 0x11, 0, 12, 198, 51, 100, 7, 127, 0, 0, 1, 0x13, 0x88, 0, 80],
                "198.51.100.7"
            ),
            // With a type-length-value behind the addresses.
            (
                [
                    0x21, 0x11, 0, 16, 198, 51, 100, 7, 127, 0, 0, 1, 0x13, 0x88, 0, 80, 4, 0, 1, 0,
                ], "198.51.100.7"
            ),
            // LOCAL: a health check of the balancer's own.
            ([0x20, 0x00, 0, 0], "127.0.0.1"),
        ] as [([UInt8], String)])
    func `a header of version 2 names the client`(_ rest: [UInt8], _ client: String) throws {
        let served = try served(expectsHeader: true)
        let wire = try served.connect()
        for octet in Self.signature + rest { try wire.send([octet]) }
        try wire.send(Self.request)
        #expect(try wire.readResponse().text.contains("x-forwarded-for: \(client)\n"))
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 70000 80\r\n",
        "PROXY TCP4 1.2.3.300 1.2.3.4 80 80\r\n", "PROXY TCP4 ::1 ::1 80 80\r\n",
        "PROXY TCP6 1.2.3.4 1.2.3.4 80 80\r\n", "PROXY TCP4 1.2.3.4 evil 80 80\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 80\r\n", "PROXY TCP5 1.2.3.4 1.2.3.4 80 80\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 80 80\n", "PROXY \(String(repeating: "x", count: 200))",
        "\r\n\r\n\0\r\nQUIT\n\u{41}\u{11}\0\u{0C}",
    ])
    func `without a good header the connection ends unanswered`(_ text: String) throws {
        let served = try served(expectsHeader: true)
        let wire = try served.connect()
        try wire.send(text)
        #expect(wire.endsWithoutMore())
    }

    @Test func `a listener that expects no header takes none`() throws {
        let response = try served().ask("PROXY TCP4 1.2.3.4 1.2.3.4 80 80\r\n" + Self.request)
        #expect(response.status == 400)
    }
}
