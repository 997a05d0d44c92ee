import CanonicalJSON
import Council
import Testing

@testable import AdminAPI

@Suite struct Sessions {
    private static let right: JSONValue = [
        "handle": "ana", "password": .string(Community.password),
    ]

    @Test func `an invitation makes an account that still owes its join`() async throws {
        try await Community.serving { community in
            let invitation = try await community.credentials.createInvitation(
                member: 2, expires: community.clock.now() + 1_000)
            let asked: JSONValue = [
                "invitation": .string(invitation.revealText()),
                "password": .string(Community.password),
            ]
            let reply = try await community.post("/accounts", asked)
            #expect(reply.status == 201)
            #expect(try reply.json()["member"] == 2)
            #expect(try reply.json()["handle"] == "ben")
            #expect(try reply.json()["join"] == true)
            let again = try await community.post("/accounts", asked)
            #expect(again.status == 403)
            #expect(try again.code() == "invitation-not-good")
        }
    }

    @Test func `a password of another length leaves the invitation good`() async throws {
        try await Community.serving { community in
            let invitation = try await community.credentials.createInvitation(
                member: 1, expires: community.clock.now() + 1_000)
            let short = try await community.post(
                "/accounts",
                ["invitation": .string(invitation.revealText()), "password": "short"])
            #expect(short.status == 422)
            #expect(try short.code() == "password-length")
            let long = try await community.post(
                "/accounts",
                [
                    "invitation": .string(invitation.revealText()),
                    "password": .string(Community.password),
                ])
            #expect(long.status == 201)
        }
    }

    @Test func `a token opens what is one's own, until it is ended`() async throws {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            let session = try await community.get("/sessions/current", token: token)
            #expect(session.status == 200)
            #expect(try session.json()["handle"] == "ana")
            #expect(session.header("access-control-allow-origin") == nil)
            let ended = try await community.send(
                "DELETE", "/api/v1/sessions/current",
                headers: [("Authorization", "Bearer \(token)")])
            #expect(ended.status == 204)
            let after = try await community.get("/sessions/current", token: token)
            #expect(after.status == 401)
            #expect(try after.code() == "session-over")
        }
    }

    @Test(arguments: ["Bearer", "Bearer  ", "Basic YTpi", "token", "Bearer wrong"])
    func `an authorization that is no good token is 401`(value: String) async throws {
        try await Community.serving { community in
            let reply = try await community.send(
                "GET", "/api/v1/owed", headers: [("Authorization", value)])
            #expect(reply.status == 401)
            #expect(try reply.code() == "session-over")
            #expect(reply.header("www-authenticate") != nil)
        }
    }

    @Test func `a cookie is out of reach of scripts and of other sites`() async throws {
        try await Community.serving { community in
            _ = try await community.account(of: 1)
            var asked = try #require(Self.right.object)
            asked["cookie"] = true
            let reply = try await community.post("/sessions", .object(asked))
            #expect(reply.status == 201)
            #expect(try reply.json()["token"] == nil)
            let cookie = try #require(reply.header("set-cookie"))
            #expect(cookie.hasPrefix("commonway_session="))
            for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=604800"] {
                #expect(cookie.contains("; \(part)"))
            }
            #expect(!cookie.contains("Secure"))
        }
    }

    @Test func `behind TLS the cookie is sent over https only`() async throws {
        try await Community.serving(isBehindTLS: true) { community in
            _ = try await community.account(of: 1)
            var asked = try #require(Self.right.object)
            asked["cookie"] = true
            let reply = try await community.post("/sessions", .object(asked))
            #expect(reply.header("set-cookie")?.hasSuffix("; Secure") == true)
            #expect(reply.header("strict-transport-security") != nil)
        }
    }

    @Test(arguments: [
        ([("Sec-Fetch-Site", "same-origin")], 204), ([("Sec-Fetch-Site", "cross-site")], 403),
        ([("Sec-Fetch-Site", "same-site")], 403), ([("Origin", "http://evil.example")], 403),
        ([("Origin", "null")], 403), ([], 403),
    ])
    func `a write with a cookie has to come from the council's own page`(
        headers: [(String, String)], status: Int
    ) async throws {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            let cookie = ("Cookie", "a=b; commonway_session=\(token); c=d")
            let reply = try await community.send(
                "DELETE", "/api/v1/sessions/current", headers: headers + [cookie])
            #expect(reply.status == status)
            let read = try await community.send(
                "GET", "/api/v1/sessions/current", headers: [cookie])
            #expect(read.status == (status == 204 ? 401 : 200))
        }
    }

    @Test func `a page of another site cannot log anybody in`() async throws {
        try await Community.serving { community in
            _ = try await community.account(of: 1)
            let reply = try await community.post(
                "/sessions", Self.right, headers: [("Origin", "https://evil.example")])
            #expect(reply.status == 403)
            #expect(try reply.code() == "cross-origin")
        }
    }

    @Test func `a wrong password and an unknown handle answer alike, and after ten it is 429`()
        async throws
    {
        try await Community.serving { community in
            _ = try await community.account(of: 1)
            let unknown = try await community.post(
                "/sessions", ["handle": "nobody", "password": "wrong wrong wrong"])
            for _ in 1...CredentialLimits.failuresMax {
                let reply = try await community.post(
                    "/sessions", ["handle": "ana", "password": "wrong wrong wrong"])
                #expect(reply.status == 401)
                #expect(reply.octets == unknown.octets)
            }
            let blocked = try await community.post("/sessions", Self.right)
            #expect(blocked.status == 429)
            #expect(try blocked.code() == "too-many-failures")
            #expect(blocked.header("retry-after").flatMap(Int.init) ?? 0 > 0)
        }
    }

    @Test func `more passwords at once than are checked are 503 and come again`() async throws {
        try await Community.serving { community in
            _ = try await community.account(of: 1)
            let statuses = try await withThrowingTaskGroup(of: Reply.self) { group in
                for attempt in 0..<60 {
                    group.addTask {
                        try await community.post(
                            "/sessions",
                            [
                                "handle": .string("nobody \(attempt)"),
                                "password": "wrong wrong wrong",
                            ])
                    }
                }
                return try await group.reduce(into: [Reply]()) { $0.append($1) }
            }
            let busy = statuses.filter { $0.status == 503 }
            #expect(!busy.isEmpty)
            #expect(statuses.allSatisfy { [401, 503].contains($0.status) })
            #expect(busy.allSatisfy { $0.header("retry-after") == "3" })
            #expect(try await community.post("/sessions", Self.right).status == 201)
        }
    }
}
