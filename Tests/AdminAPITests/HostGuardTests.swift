import Testing

@testable import AdminAPI

@Suite struct `Host and origin` {
    @Test func `a request with two hosts is 400`() async throws {
        try await Community.serving { community in
            let reply = try await community.send(
                "GET", "/", headers: [("Host", "localhost"), ("Host", "localhost")])
            #expect(reply.status == 400)
            #expect(try reply.code() == "several-hosts")
        }
    }

    private typealias Told = (fetchSite: String?, origin: String?, sender: HostGuard.Sender)

    private static let senders: [Told] = [
        ("same-origin", nil, .ownPage), ("cross-site", nil, .otherPage),
        ("same-site", nil, .otherPage), ("none", nil, .otherPage),
        ("cross-site", "http://localhost:8081", .otherPage), (nil, nil, .unknown),
        (nil, "http://localhost:8081", .ownPage), (nil, "https://localhost:8081", .ownPage),
        (nil, "http://localhost:8082", .otherPage), (nil, "http://evil.example", .otherPage),
        (nil, "null", .otherPage), (nil, "", .otherPage),
    ]

    @Test(arguments: [
        ("localhost", true), ("localhost:8081", true), ("LOCALHOST:8081", true),
        ("127.0.0.1:8081", true), ("[::1]:8081", true), ("council.example.org", true),
        ("council.example.org:443", true), ("evil.example", false),
        ("localhost.evil.example", false),
        ("127.0.0.1.evil.example:8081", false), ("", false), (":8081", false), ("[::1", false),
        ("[::1]x", false), ("localhost:1:2", false),
    ])
    func `only hosts that the council was told are served`(authority: String, accepted: Bool) {
        let guarding = HostGuard(
            configuration: AdminConfiguration(
                address: "127.0.0.1", port: 0, logFolder: "", hosts: ["Council.example.org"],
                clock: .continuous))
        #expect(guarding.accepts(authority: authority) == accepted)
    }

    @Test func `a request for a rebound name is 421 wherever it goes`() async throws {
        try await Community.serving { community in
            for path in ["/", "/api/v1/community", "/log/checkpoint"] {
                let reply = try await community.send(
                    "GET", path, headers: [("Host", "evil.example:\(community.port)")])
                #expect(reply.status == 421)
                #expect(try reply.code() == "host-not-served")
            }
        }
    }

    @Test(arguments: senders)
    func `a page of another site is known by what it cannot forge`(
        fetchSite: String?, origin: String?, sender: HostGuard.Sender
    ) {
        let guarding = HostGuard(
            configuration: AdminConfiguration(
                address: "127.0.0.1", port: 0, logFolder: "", clock: .continuous))
        #expect(
            guarding.sender(fetchSite: fetchSite, origin: origin, authority: "localhost:8081")
                == sender)
    }

    @Test func `an address that others can reach needs TLS in front`() async throws {
        let open = AdminConfiguration(
            address: "0.0.0.0", port: 0, logFolder: "", clock: .continuous)
        #expect(!open.isLoopback)
        for address in ["127.0.0.1", "127.1.2.3", "localhost", "::1"] {
            #expect(
                AdminConfiguration(address: address, port: 0, logFolder: "", clock: .continuous)
                    .isLoopback)
        }
        for address in ["127.evil.example", "10.0.0.1", "::", ""] {
            #expect(
                !AdminConfiguration(address: address, port: 0, logFolder: "", clock: .continuous)
                    .isLoopback)
        }
    }
}
