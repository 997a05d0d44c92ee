import Council
import Store
import TestKit
import Testing

@Suite struct InvitationTests {
    let open: OpenStore
    var credentials: SQLiteCredentials { open.credentials }

    init() async throws {
        open = try await OpenStore(members: ["ana", "ben"])
    }

    @Test func `an invitation makes an account`() async throws {
        let invitation = try await credentials.createInvitation(member: 1, expires: 10)
        let account = try await credentials.redeem(
            invitation: invitation, password: .correct, now: 9)
        #expect(account == Account(member: 1, handle: "ana"))
    }

    @Test func `an invitation is 43 characters of base64url`() async throws {
        let text = try await credentials.createInvitation(member: 1, expires: 10).revealText()
        #expect(text.wholeMatch(of: /[A-Za-z0-9_-]{43}/) != nil)
    }

    @Test func `an invitation is good once`() async throws {
        let invitation = try await credentials.createInvitation(member: 1, expires: 10)
        _ = try await credentials.redeem(invitation: invitation, password: .correct, now: 0)
        await #expect(throws: CredentialError.invitationNotGood) {
            try await credentials.redeem(invitation: invitation, password: .wrong, now: 0)
        }
    }

    @Test func `of many who redeem at once one succeeds`() async throws {
        let invitation = try await credentials.createInvitation(member: 1, expires: 10)
        let accounts = await withTaskGroup(of: Account?.self) { group in
            for number in 0..<10 {
                group.addTask { [credentials] in
                    try? await credentials.redeem(
                        invitation: invitation, password: Secret(text: "password no. \(number)"),
                        now: 0)
                }
            }
            return await group.reduce(into: [Account]()) { all, one in
                if let one { all.append(one) }
            }
        }
        #expect(accounts == [Account(member: 1, handle: "ana")])
    }

    @Test(arguments: [Int64(10), 11, .max])
    func `an invitation that is over is refused`(now: Int64) async throws {
        let invitation = try await credentials.createInvitation(member: 1, expires: 10)
        await #expect(throws: CredentialError.invitationNotGood) {
            try await credentials.redeem(invitation: invitation, password: .correct, now: now)
        }
    }

    @Test func `a later invitation ends the one before`() async throws {
        let first = try await credentials.createInvitation(member: 1, expires: 10)
        _ = try await credentials.createInvitation(member: 1, expires: 10)
        await #expect(throws: CredentialError.invitationNotGood) {
            try await credentials.redeem(invitation: first, password: .correct, now: 0)
        }
    }

    @Test(arguments: ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
    func `an invitation that nobody made is refused`(text: String) async {
        await #expect(throws: CredentialError.invitationNotGood) {
            try await credentials.redeem(
                invitation: Secret(text: text), password: .correct, now: 0)
        }
    }

    @Test(arguments: [0, 11, 1_025])
    func `a password of a wrong length leaves the invitation good`(length: Int) async throws {
        let invitation = try await credentials.createInvitation(member: 1, expires: 10)
        let password = Secret(octets: [UInt8](repeating: 0x61, count: length))
        await #expect(throws: CredentialError.passwordLength(limit: 12...1_024, actual: length)) {
            try await credentials.redeem(invitation: invitation, password: password, now: 0)
        }
        _ = try await credentials.redeem(invitation: invitation, password: .correct, now: 0)
    }

    @Test(arguments: [12, 1_024])
    func `passwords at the bounds are taken`(length: Int) async throws {
        let password = Secret(octets: [UInt8](repeating: 0, count: length))
        try await open.enrol(1, password: password)
        let account = try await credentials.verify(handle: "ana", password: password, now: 0)
        #expect(account.member == 1)
    }

    @Test func `nobody without a handle is invited`() async {
        await #expect(throws: CredentialError.unknownMember(3)) {
            try await credentials.createInvitation(member: 3, expires: 10)
        }
    }

    @Test func `a new invitation replaces password and sessions`() async throws {
        try await open.enrol(1)
        let (token, _) = try await credentials.openSession(
            member: 1, now: 0, lifetimeMilliseconds: 1_000)
        try await open.enrol(1, password: .wrong)
        #expect(try await credentials.session(token: token, now: 1) == nil)
        await #expect(throws: CredentialError.notAccepted) {
            try await credentials.verify(handle: "ana", password: .correct, now: 0)
        }
    }
}
