import CanonicalJSON
import Testing

@testable import AdminAPI

@Suite struct `Bad requests` {
    @Test(arguments: [
        ("/api/v1/nothing", "no-such-path"), ("/api/v1", "no-such-path"),
        ("/api/v1//members", "no-such-path"), ("/api/v1/members/", "no-such-path"),
        ("/nothing.html", "no-such-path"), ("/../etc/passwd", "no-such-path"),
        ("/core/../index.html", "no-such-path"), ("/.git/config", "no-such-path"),
        ("/api/v1/members/9", "not-found"), ("/api/v1/members/0", "not-found"),
        ("/api/v1/members/01", "not-found"), ("/api/v1/members/-1", "not-found"),
        ("/api/v1/members/99999999999999999999", "not-found"),
        ("/api/v1/proposals/x", "not-found"), ("/api/v1/entries/99", "not-found"),
        ("/api/v1/statements/00", "not-found"), ("/api/v1/receipts/zz", "not-found"),
        ("/log/nothing", "not-found"), ("/log/", "not-found"),
        ("/log/../store/journal.sqlite", "not-found"),
        ("/log/tile/0/..%2f..%2f..%2fstore", "not-found"),
        ("/log/tile/0/x000/000", "not-found"), ("/log/tile/8/000", "not-found"),
    ])
    func `a path that is not there is 404 and says so`(path: String, code: String) async throws {
        try await Community.serving { community in
            let reply = try await community.send("GET", path)
            #expect(reply.status == 404)
            #expect(try reply.code() == code)
        }
    }

    @Test(arguments: [
        ("DELETE", "/api/v1/members", "GET, HEAD"),
        ("GET", "/api/v1/statements", "POST"),
        ("PUT", "/api/v1/sessions/current", "GET, DELETE, HEAD"),
        ("POST", "/log/checkpoint", "GET, HEAD"),
        ("POST", "/", "GET, HEAD"),
        ("OPTIONS", "/api/v1/plan", "POST"),
    ])
    func `a method that a path does not take is 405 and names those that it does`(
        method: String, path: String, allowed: String
    ) async throws {
        try await Community.serving { community in
            let reply = try await community.send(method, path)
            #expect(reply.status == 405)
            #expect(reply.header("allow") == allowed)
            #expect(try reply.code() == "method-not-allowed")
        }
    }

    @Test(arguments: [
        ("?limit=0", "\"limit\" is 0"), ("?limit=101", "\"limit\" is 101"),
        ("?limit=x", "\"limit\" is \"x\""), ("?limit=1&limit=2", "\"limit\" is given twice"),
        ("?stauts=voting", "\"stauts\" is not known here"), ("?cursor=-1", "\"cursor\" is \"-1\""),
        ("?cursor=%ff", "is not percent-encoded"), ("?status=open", "\"status\" is \"open\""),
    ])
    func `a query that is not understood is 400 and names the parameter`(
        query: String, words: String
    ) async throws {
        try await Community.serving { community in
            let reply = try await community.get("/proposals\(query)")
            #expect(reply.status == 400)
            #expect(try reply.code() == "bad-query")
            #expect(try reply.json()["detail"]?.string?.contains(words) == true)
        }
    }

    @Test(arguments: [
        ("", "malformed-json", "octet 0"), ("{", "malformed-json", "octet 1"),
        ("[]", "malformed", "expected an object, found an array"),
        (#"{"handle":"ana"}"#, "malformed", "/password: is missing"),
        (#"{"handle":"ana","password":7}"#, "malformed", "/password: expected a string"),
        (#"{"handle":"ana","password":"x","admin":true}"#, "malformed", "/admin: is not known"),
        (#"{"handle":"ana","password":"x","cookie":1}"#, "malformed", "/cookie: expected true"),
        (#"{"handle":"ana","handle":"ben"}"#, "malformed-json", "came twice"),
        (#"{"handle":null}"#, "malformed-json", "null is not used"),
        ("{\"handle\":\"\u{1}\"}", "malformed-json", "control octet"),
    ])
    func `a body of another form is 400 and names the place`(
        body: String, code: String, words: String
    ) async throws {
        try await Community.serving { community in
            let reply = try await community.send(
                "POST", "/api/v1/sessions", headers: [("Content-Type", "application/json")],
                body: Array(body.utf8))
            #expect(reply.status == 400)
            #expect(try reply.code() == code)
            #expect(try reply.json()["detail"]?.string?.contains(words) == true)
        }
    }

    @Test(arguments: [nil, "text/plain", "application/x-www-form-urlencoded", "application/jsonx"])
    func `a body that is not declared as JSON is 415`(type: String?) async throws {
        try await Community.serving { community in
            let reply = try await community.send(
                "POST", "/api/v1/sessions", headers: type.map { [("Content-Type", $0)] } ?? [],
                body: Array("{}".utf8))
            #expect(reply.status == 415)
            #expect(try reply.code() == "not-json")
        }
    }

    @Test func `a body beyond 1 MiB is 413, and the largest allowed is read`() async throws {
        try await Community.serving { community in
            let type = [("Content-Type", "application/json")]
            let limit = AdminConfiguration.bodyOctetsMax
            let tooLong = try await community.send(
                "POST", "/api/v1/sessions", headers: type,
                body: Array(repeating: UInt8(ascii: " "), count: limit + 1))
            #expect(tooLong.status == 413)
            #expect(try tooLong.code() == "body-too-large")
            let longest = try await community.send(
                "POST", "/api/v1/sessions", headers: type,
                body: Array(repeating: UInt8(ascii: " "), count: limit))
            #expect(longest.status == 400)
            #expect(try longest.code() == "malformed-json")
        }
    }

    @Test func `more plans than may wait are turned away, and told to come again`() async throws {
        try await Community.serving { community in
            let fault = await #expect(throws: APIError.self) {
                try await PlanDesk(callsMax: 0).answer(
                    for: [Community.backend("catalogue")], of: community.council,
                    traffic: RecordedTraffic(gateways: 0))
            }
            let problem = try #require(fault).problem
            #expect(problem.code == "busy")
            #expect(problem.retryAfterSeconds == 3)
        }
    }

    @Test func `values nested without end are refused, and the next request is answered`()
        async throws
    {
        try await Community.serving { community in
            let deep = String(repeating: "[", count: 200_000)
            let reply = try await community.send(
                "POST", "/api/v1/plan", headers: [("Content-Type", "application/json")],
                body: Array("{\"operations\":\(deep)".utf8))
            #expect(reply.status == 400)
            #expect(try reply.code() == "malformed-json")
            #expect(try await community.get("/community").status == 200)
        }
    }
}
