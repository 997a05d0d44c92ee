import Council
import Foundation
import GRDB
import TestKit
import Testing

@testable import Store

@Suite struct PasswordTests {
    let open: OpenStore
    var credentials: SQLiteCredentials { open.credentials }

    init() async throws {
        open = try await OpenStore(members: ["ana", "ben"])
        try await open.enrol(1)
    }

    /// The outcome of a password check, as a value.
    private func outcome(
        _ handle: String, _ password: Secret, now: Int64 = 0
    ) async -> CredentialError? {
        do throws(CredentialError) {
            _ = try await credentials.verify(handle: handle, password: password, now: now)
            return nil
        } catch {
            return error
        }
    }

    @Test func `the right password is accepted`() async throws {
        let account = try await credentials.verify(handle: "ana", password: .correct, now: 0)
        #expect(account == Account(member: 1, handle: "ana"))
    }

    @Test(arguments: [
        "ana", "ben", "nobody", "", "ANA", "ana ", "ana\0", String(repeating: "a", count: 99),
    ])
    func `what is wrong is not told apart`(handle: String) async {
        #expect(await outcome(handle, .wrong) == .notAccepted)
    }

    @Test(arguments: ["ben", "nobody", "", "ANA", "ana ", "ana\0", "ana\0x", "an\u{61}\u{301}"])
    func `another handle is not this one's`(handle: String) async {
        #expect(await outcome(handle, .correct) == .notAccepted)
    }

    @Test(arguments: [0, 11, 1_025])
    func `a password that nobody can have is not accepted`(length: Int) async {
        let password = Secret(octets: [UInt8](repeating: 0x61, count: length))
        #expect(await outcome("ana", password) == .notAccepted)
    }

    @Test(arguments: ["ana", "nobody"])
    func `after ten failures the handle waits`(handle: String) async {
        for _ in 0..<10 {
            #expect(await outcome(handle, .wrong, now: 5) == .notAccepted)
        }
        let wait = CredentialError.tooManyFailures(retryAfterMilliseconds: 899_995)
        #expect(await outcome(handle, .wrong, now: 10) == wait)
        #expect(await outcome(handle, .correct, now: 10) == wait)
        #expect(await outcome("ben", .wrong, now: 10) == .notAccepted)
    }

    @Test func `after the window the password counts again`() async {
        for _ in 0..<10 {
            _ = await outcome("ana", .wrong, now: 0)
        }
        #expect(await outcome("ana", .correct, now: 900_000) == nil)
    }

    @Test func `a success forgives the failures before it`() async {
        for _ in 0..<3 {
            for _ in 0..<6 {
                _ = await outcome("ana", .wrong)
            }
            #expect(await outcome("ana", .correct) == nil)
        }
    }

    @Test func `a changed password replaces the one before`() async throws {
        let (token, _) = try await credentials.openSession(
            member: 1, now: 0, lifetimeMilliseconds: 1_000)
        try await credentials.changePassword(member: 1, current: .correct, new: .wrong, now: 0)
        #expect(await outcome("ana", .correct) == .notAccepted)
        #expect(await outcome("ana", .wrong) == nil)
        #expect(try await credentials.session(token: token, now: 1) == nil)
    }

    @Test func `a password is not changed without the current one`() async {
        await #expect(throws: CredentialError.notAccepted) {
            try await credentials.changePassword(member: 1, current: .wrong, new: .wrong, now: 0)
        }
        #expect(await outcome("ana", .correct) == nil)
    }

    /// Of unknown handles as well, because each costs a hash like a known one.
    @Test(arguments: ["member", "nobody"])
    func `sixty checks at once run or are refused as busy`(name: String) async throws {
        let open = try await OpenStore(members: (1...60).map { "member \($0)" }, waitingMax: 2)
        let outcomes = await withTaskGroup(of: CredentialError?.self) { group in
            for number in 1...60 {
                group.addTask {
                    do throws(CredentialError) {
                        _ = try await open.credentials.verify(
                            handle: "\(name) \(number)", password: .wrong, now: 0)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: [CredentialError?]()) { $0.append($1) }
        }
        let refused = outcomes.filter { $0 == .notAccepted }.count
        let busy = outcomes.filter { $0 == .busy(waitingMax: 2) }.count
        #expect(refused + busy == 60)
        #expect(refused >= 4)
        #expect(busy >= 1)
    }

    @Test func `being refused as busy is no failure`() async throws {
        let open = try await OpenStore(members: ["ana"], waitingMax: 0)
        try await open.enrol(1)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    _ = try? await open.credentials.verify(
                        handle: "ana", password: .correct, now: 0)
                }
            }
        }
        let account = try await open.credentials.verify(
            handle: "ana", password: .correct, now: 0)
        #expect(account.member == 1)
    }

    @Test func `a hash is made anew when the cost rose`() async throws {
        try open.store.close()
        let cost = try Argon2Cost(memoryKibibytes: 20_480, passes: 3, lanes: 1)
        let dearer = try Store(path: open.path, hashing: HashingConfiguration(cost: cost))
        _ = try await dearer.credentials.verify(handle: "ana", password: .correct, now: 0)
        let phc = try await dearer.credentials.pool.read {
            try String.fetchOne($0, sql: "SELECT phc FROM accounts")
        }
        #expect(phc?.hasPrefix("$argon2id$v=19$m=20480,t=3,p=1$") == true)
        _ = try await dearer.credentials.verify(handle: "ana", password: .correct, now: 0)
    }

    @Test func `no secret stands in the store's files`() async throws {
        let invitation = try await credentials.createInvitation(member: 2, expires: 10)
        let (token, _) = try await credentials.openSession(
            member: 1, now: 0, lifetimeMilliseconds: 1_000)
        let octets = try open.octets()
        let found = [Secret.correct, token, invitation].filter {
            octets.range(of: Data($0.reveal())) != nil
        }
        #expect(octets.range(of: Data("$argon2id$".utf8)) != nil)
        #expect(found.count == 0)
    }

    @Test func `an error of the database names no argument`() async throws {
        _ = try await open.shell("people.sqlite", "DROP TABLE accounts")
        let error = await outcome("a handle to be kept private", .correct)
        #expect("\(String(describing: error))".contains("SELECT"))
        #expect(!"\(String(describing: error))".contains("private"))
    }
}
