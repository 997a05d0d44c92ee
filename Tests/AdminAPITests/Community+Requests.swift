import AsyncHTTPClient
import CanonicalJSON
import Council
import Governance
import LogReader
import NIOCore
import NIOHTTP1
import Routing
import SSHSignature
import Testing
import TransparencyLog

/// An answer, read whole.
struct Reply: Sendable {
    let status: Int
    private let headers: HTTPHeaders
    let octets: [UInt8]

    fileprivate init(status: Int, headers: HTTPHeaders, octets: [UInt8]) {
        self.status = status
        self.headers = headers
        self.octets = octets
    }

    /// The first value of a header.
    func header(_ name: String) -> String? { headers.first(name: name) }

    var text: String { String(decoding: octets, as: UTF8.self) }

    /// The body as JSON.
    func json() throws -> JSONValue { try JSONValue(parsing: octets, form: .relaxed) }

    /// The `code` of a problem document.
    func code() throws -> String? {
        #expect(header("content-type") == "application/problem+json")
        let problem = try json()
        #expect(problem["status"]?.integer == Int64(status))
        #expect(problem["next"]?.string?.isEmpty == false)
        return problem["code"]?.string
    }
}

extension Community {
    /// The longest wait for an answer.
    static let timeout = TimeAmount.seconds(30)

    /// Keeps no request waiting for a free connection.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 100
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// Sends a request as it is given.
    func send(
        _ method: String, _ path: String, headers: [(String, String)] = [],
        body: [UInt8]? = nil
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = .init(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await Self.client.execute(request, timeout: Self.timeout)
        let buffer = try await response.body.collect(upTo: 32 << 20)
        return Reply(
            status: Int(response.status.code), headers: response.headers,
            octets: Array(buffer.readableBytesView))
    }

    /// Reads from the API.
    func get(_ path: String, token: String? = nil) async throws -> Reply {
        let headers = token.map { [("Authorization", "Bearer \($0)")] } ?? []
        return try await send("GET", "/api/v1\(path)", headers: headers)
    }

    /// Posts JSON to the API.
    func post(
        _ path: String, _ value: JSONValue, token: String? = nil,
        headers: [(String, String)] = []
    ) async throws -> Reply {
        var all = headers + [("Content-Type", "application/json")]
        if let token { all.append(("Authorization", "Bearer \(token)")) }
        return try await send("POST", "/api/v1\(path)", headers: all, body: value.canonicalOctets)
    }

    /// Redeems an invitation of a member and gives the session's token.
    func account(of member: Int) async throws -> String {
        let invitation = try await credentials.createInvitation(
            member: member, expires: clock.now() + 86_400_000)
        let reply = try await post(
            "/accounts",
            [
                "invitation": .string(invitation.revealText()),
                "password": .string(Self.password),
            ])
        #expect(reply.status == 201)
        return try #require(try reply.json()["token"]?.string)
    }

    /// A statement of a member, and the request that hands it in.
    func statement(
        by member: Int, act: String, nonce: String = "00000000000000000000000000000000",
        _ members: [String: JSONValue]
    ) throws -> JSONValue {
        var stmt = JSONObject()
        for (name, value) in members { stmt[name] = value }
        stmt["act"] = .string(act)
        stmt["by"] = .integer(Int64(member))
        stmt["log"] = .string(Self.origin)
        stmt["nonce"] = .string(nonce)
        stmt["until"] = .integer(clock.now() + 600_000)
        let value = JSONValue.object(stmt)
        let namespace = act == "propose" ? "proposal@commonway" : "\(act)@commonway"
        let blob = try keys[member - 1].sign(
            message: value.canonicalOctets, namespace: namespace)
        return ["stmt": value, "sig": .string(blob.base64)]
    }

    /// Every founder joins.
    func joinAll(token: String) async throws {
        for member in 1...3 { try await join(member, token: token) }
    }

    /// A founder joins.
    func join(_ member: Int, token: String) async throws {
        let digest = try #require(await council.read { $0.state.constitution?.digest.hex })
        let reply = try await post(
            "/statements", statement(by: member, act: "join", ["digest": .string(digest)]),
            token: token)
        #expect(reply.status == 201)
    }

    /// The first member proposes a backend.
    func propose(
        token: String, name: String = "catalogue", reason: JSONValue? = nil,
        texts: JSONValue? = nil
    ) async throws -> Reply {
        var members: [String: JSONValue] = ["operations": [Self.backend(name)]]
        members["reason"] = reason
        var request = try #require(try statement(by: 1, act: "propose", members).object)
        request["texts"] = texts
        return try await post("/statements", .object(request), token: token)
    }

    /// The operation that puts a backend in force.
    static func backend(_ name: String) -> JSONValue {
        [
            "op": "apply",
            "document": [
                "kind": "Backend", "name": .string(name), "protocol": "http",
                "endpoints": [["address": "127.0.0.1", "port": 9000]],
            ],
        ]
    }

    /// Lets time go on, and the council do what is due.
    func pass(milliseconds: Int64) async throws {
        clock.advance(milliseconds: milliseconds)
        _ = try await council.advance()
    }
}

extension Community {
    /// A member votes yes.
    func vote(open: JSONValue, by member: Int = 1, token: String) async throws -> Reply {
        let head = try #require(await council.read { $0.checkpoint?.checkpoint })
        return try await post(
            "/statements",
            statement(
                by: member, act: "ballot",
                [
                    "open": open, "choice": "yes",
                    "head": [
                        "root": .string(head.root.hex), "size": .integer(Int64(head.size)),
                    ],
                ]), token: token)
    }
}
