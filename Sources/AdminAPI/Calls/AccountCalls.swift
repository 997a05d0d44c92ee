import CanonicalJSON
import Council
import Governance
import HTTPTypes
import Hummingbird

/// Invitations, passwords and sessions.
struct AccountCalls: Sendable {
    /// Who knows whether somebody joined.
    let council: Council
    /// Where passwords and sessions are.
    let credentials: any Credentials
    /// Where handles are.
    let records: any PersonalRecords
    /// Who sets and reads the cookie.
    let doorkeeper: Doorkeeper

    /// The calls.
    var all: [APICall] {
        [
            APICall(.post, "/accounts", access: .oneself, handler: redeem),
            APICall(.post, "/accounts/proof", access: .oneself, handler: prove),
            APICall(.post, "/sessions", access: .oneself, handler: logIn),
            APICall(.get, "/sessions/current", access: .oneself, handler: current),
            APICall(.delete, "/sessions/current", access: .oneself, handler: logOut),
        ]
    }

    @Sendable private func redeem(_ request: APIRequest) async throws(APIError) -> Response {
        let asked = try await request.body { (reader) throws(FormatFault) in
            (
                invitation: Secret(text: try reader.string("invitation")),
                password: Secret(text: try reader.string("password")),
                cookie: try reader.optionalBool("cookie") ?? false
            )
        }
        let account = try await credential { () throws(CredentialError) in
            try await credentials.redeem(
                invitation: asked.invitation, password: asked.password, now: request.now)
        }
        var opened = try await open(account, request: request)
        let owesJoin = await council.read { $0.state.owesJoin(account.member) }
        if owesJoin { opened.document["join"] = true }
        return answer(opened, withCookie: asked.cookie)
    }

    /// Makes an account, or gives it a new password, for whoever holds a key of the member.
    @Sendable private func prove(_ request: APIRequest) async throws(APIError) -> Response {
        let asked = try await request.body { (reader) throws(FormatFault) in
            (
                proof: try AccountProof(&reader),
                password: Secret(text: try reader.string("password")),
                cookie: try reader.optionalBool("cookie") ?? false
            )
        }
        let proof = asked.proof
        let (member, owesJoin, origin) = await council.read {
            ($0.state.member(proof.member), $0.state.owesJoin(proof.member), $0.state.origin)
        }
        guard let member, proof.holds(for: member, origin: origin, now: request.now) else {
            throw .proofNotGood
        }
        if let reveal = proof.reveal {
            guard reveal.digest == member.handle else { throw .proofNotGood }
            do throws(PersonalRecordError) {
                try await records.putHandle(
                    member: member.number, handle: reveal.handle, salt: reveal.salt)
            } catch {
                throw .records(error)
            }
        }
        let account = try await credential { () throws(CredentialError) in
            try await credentials.enrol(member: member.number, password: asked.password)
        }
        var opened = try await open(account, request: request)
        if owesJoin { opened.document["join"] = true }
        return answer(opened, withCookie: asked.cookie)
    }

    @Sendable private func logIn(_ request: APIRequest) async throws(APIError) -> Response {
        let asked = try await request.body { (reader) throws(FormatFault) in
            (
                handle: try reader.string("handle"),
                password: Secret(text: try reader.string("password")),
                cookie: try reader.optionalBool("cookie") ?? false
            )
        }
        let account = try await credential { () throws(CredentialError) in
            try await credentials.verify(
                handle: asked.handle, password: asked.password, now: request.now)
        }
        return answer(try await open(account, request: request), withCookie: asked.cookie)
    }

    @Sendable private func current(_ request: APIRequest) async throws(APIError) -> Response {
        let session = try await request.session()
        return Answer.json([
            "member": .integer(Int64(session.account.member)),
            "handle": .string(session.account.handle),
            "expires": .integer(session.expires),
        ])
    }

    @Sendable private func logOut(_ request: APIRequest) async throws(APIError) -> Response {
        let token = try doorkeeper.token(of: request.request)
        try await credential { () throws(CredentialError) in
            try await credentials.endSession(token: token)
        }
        var response = Answer.nothing
        response.headers[.setCookie] = doorkeeper.setCookie(token: nil, lifetimeSeconds: 0)
        return response
    }

    /// A session just opened.
    private struct Opened {
        var document: JSONObject
        let token: Secret
    }

    private func open(
        _ account: Account, request: APIRequest
    ) async throws(APIError) -> Opened {
        let opened = try await credential { () throws(CredentialError) in
            try await credentials.openSession(
                member: account.member, now: request.now,
                lifetimeMilliseconds: AdminConfiguration.sessionLifetimeMilliseconds)
        }
        var document = JSONObject()
        document["member"] = .integer(Int64(account.member))
        document["handle"] = .string(account.handle)
        document["expires"] = .integer(opened.session.expires)
        return Opened(document: document, token: opened.token)
    }

    /// With a cookie the token stays out of the document, where a script could read it.
    private func answer(_ opened: Opened, withCookie: Bool) -> Response {
        var document = opened.document
        if !withCookie { document["token"] = .string(opened.token.revealText()) }
        var response = Answer.json(.object(document), status: .created)
        if withCookie {
            response.headers[.setCookie] = doorkeeper.setCookie(
                token: opened.token,
                lifetimeSeconds: AdminConfiguration.sessionLifetimeMilliseconds / 1_000)
        }
        return response
    }

    private func credential<Value: Sendable>(
        _ body: () async throws(CredentialError) -> Value
    ) async throws(APIError) -> Value {
        do throws(CredentialError) {
            return try await body()
        } catch {
            throw .credentials(error)
        }
    }
}

extension ObjectReader {
    /// A boolean member that may be absent.
    ///
    /// - Throws: ``FormatFault`` when it is there and no boolean.
    mutating func optionalBool(_ name: String) throws(FormatFault) -> Bool? {
        guard optional(name) != nil else { return nil }
        return try bool(name)
    }
}
