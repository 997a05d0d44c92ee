import Council
import Store
import TestKit
import Testing

@Suite struct SessionTests {
    let open: OpenStore
    var credentials: SQLiteCredentials { open.credentials }

    init() async throws {
        open = try await OpenStore(members: ["ana", "ben", "carl"])
        try await open.enrol(1)
        try await open.enrol(2)
    }

    private func token(
        member: Int = 1, now: Int64 = 0, lifetime: Int64 = 1_000
    ) async throws -> Secret {
        try await credentials.openSession(
            member: member, now: now, lifetimeMilliseconds: lifetime
        ).token
    }

    @Test func `a token finds its session`() async throws {
        let token = try await token()
        let session = Session(account: Account(member: 1, handle: "ana"), expires: 1_000)
        #expect(try await credentials.session(token: token, now: 999) == session)
    }

    @Test func `a token is 43 characters of base64url`() async throws {
        #expect(try await token().revealText().wholeMatch(of: /[A-Za-z0-9_-]{43}/) != nil)
    }

    @Test(arguments: [Int64(1_000), 1_001, .max])
    func `a session that is over is not found`(now: Int64) async throws {
        let token = try await token()
        #expect(try await credentials.session(token: token, now: now) == nil)
    }

    @Test func `a session that was ended is not found`() async throws {
        let (kept, ended) = (try await token(), try await token())
        try await credentials.endSession(token: ended)
        #expect(try await credentials.session(token: ended, now: 1) == nil)
        #expect(try await credentials.session(token: kept, now: 1) != nil)
    }

    @Test func `a session that was looked up is over once it was ended`() async throws {
        let (kept, ended) = (try await token(), try await token())
        #expect(try await credentials.session(token: ended, now: 1) != nil)
        try await credentials.endSession(token: ended)
        #expect(try await credentials.session(token: ended, now: 1) == nil)
        #expect(try await credentials.session(token: kept, now: 1) != nil)
    }

    @Test func `a session that was looked up goes with the member's handle`() async throws {
        let token = try await token()
        #expect(try await credentials.session(token: token, now: 1) != nil)
        _ = try await open.records.eraseHandle(member: 1)
        #expect(try await credentials.session(token: token, now: 1) == nil)
    }

    @Test(arguments: [Int64(999), 1_000, 1_001])
    func `a session that was looked up ends at its time`(now: Int64) async throws {
        let token = try await token()
        #expect(try await credentials.session(token: token, now: 1) != nil)
        #expect((try await credentials.session(token: token, now: now) != nil) == (now < 1_000))
    }

    @Test(arguments: ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
    func `a token that nobody got finds nothing`(text: String) async throws {
        #expect(try await credentials.session(token: Secret(text: text), now: 0) == nil)
    }

    @Test func `one session too many ends the member's oldest`() async throws {
        let others = try await token(member: 2)
        var tokens: [Secret] = []
        for now in 0...Int64(CredentialLimits.sessionsMax) {
            tokens.append(try await token(now: now))
        }
        var open: [Bool] = []
        for token in tokens {
            open.append(try await credentials.session(token: token, now: 20) != nil)
        }
        #expect(open == [false] + [Bool](repeating: true, count: CredentialLimits.sessionsMax))
        #expect(try await credentials.session(token: others, now: 20) != nil)
    }

    @Test(arguments: [(Int64.max, CredentialLimits.lifetimeMaxMilliseconds), (0, 1), (-5, 1)])
    func `a lifetime is kept within its bounds`(asked: Int64, given: Int64) async throws {
        let opened = try await credentials.openSession(
            member: 1, now: 7, lifetimeMilliseconds: asked)
        #expect(opened.session.expires == 7 + given)
    }

    @Test func `an instant at the end of time does not trap`() async throws {
        let opened = try await credentials.openSession(
            member: 1, now: .max, lifetimeMilliseconds: 5)
        #expect(opened.session.expires == .max)
    }

    @Test(arguments: [3, 4, 0, -1])
    func `nobody without an account gets a session`(member: Int) async {
        await #expect(throws: CredentialError.unknownMember(member)) {
            try await credentials.openSession(member: member, now: 0, lifetimeMilliseconds: 5)
        }
    }

    @Test func `sessions outlive the program`() async throws {
        let token = try await token()
        try open.store.close()
        let again = try Store(path: open.path)
        #expect(try await again.credentials.session(token: token, now: 1) != nil)
        try again.close()
    }
}
