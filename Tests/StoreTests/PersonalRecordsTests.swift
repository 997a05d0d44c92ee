import Council
import Foundation
import Routing
import TestKit
import Testing

@testable import Store

@Suite struct PersonalRecordsTests {
    let open: OpenStore
    var records: SQLitePersonalRecords { open.records }

    init() throws {
        open = try OpenStore()
    }

    @Test func `a handle is kept with the hash that the log holds`() async throws {
        try await records.putHandle(member: 3, handle: "ana", salt: .salt)
        let hash = ContentDigest(
            of: Array("commonway handle".utf8) + [UInt8].salt + Array("ana".utf8))
        let record = HandleRecord(member: 3, handle: "ana", salt: .salt, hash: hash)
        #expect(try await records.handles() == [record])
    }

    @Test func `a text is found by the hash that the log holds`() async throws {
        let hash = try await records.putText("because", salt: .salt)
        let expected = ContentDigest(
            of: Array("commonway text".utf8) + [UInt8].salt + Array("because".utf8))
        #expect(hash == expected)
        #expect(try await records.text(hash) == TextRecord(text: "because", salt: .salt))
    }

    @Test func `the same again changes nothing`() async throws {
        for _ in 0..<2 {
            try await records.putHandle(member: 1, handle: "ana", salt: .salt)
            try await records.putText("because", salt: .salt)
        }
        #expect(try await records.handles().count == 1)
    }

    @Test(arguments: [(2, "ana"), (1, "ben")])
    func `a handle is one member's only`(member: Int, handle: String) async throws {
        try await records.putHandle(member: 1, handle: "ana", salt: .salt)
        await #expect(throws: PersonalRecordError.handleTaken(handle, member: member)) {
            try await records.putHandle(member: member, handle: handle, salt: .salt)
        }
    }

    @Test(arguments: ["", String(repeating: "a", count: 65), "an\0a", "ana\n", "\u{7F}"])
    func `what cannot be a handle is refused`(handle: String) async {
        let error = PersonalRecordError.badHandle(limit: 64, actual: handle.utf8.count)
        await #expect(throws: error) {
            try await records.putHandle(member: 1, handle: handle, salt: .salt)
        }
    }

    @Test(arguments: [0, 16_385])
    func `a text of a wrong length is refused`(length: Int) async {
        let error = PersonalRecordError.badText(limit: 16_384, actual: length)
        await #expect(throws: error) {
            try await records.putText(String(repeating: "a", count: length), salt: .salt)
        }
    }

    @Test(arguments: [0, 31, 33])
    func `a salt of a wrong length is refused`(length: Int) async {
        let salt = [UInt8](repeating: 1, count: length)
        await #expect(throws: PersonalRecordError.badSalt(limit: 32, actual: length)) {
            try await records.putText("because", salt: salt)
        }
    }

    @Test func `a text with a NUL in it comes back whole`() async throws {
        let hash = try await records.putText("before\0after é 🗳", salt: .salt)
        #expect(try await records.text(hash)?.text == "before\0after é 🗳")
    }

    @Test func `what is erased leaves no octet behind`() async throws {
        let text = "a reason that somebody regrets " + String(repeating: "very much ", count: 900)
        let salt = [UInt8](101...132)
        try await records.putHandle(member: 1, handle: "someone-to-forget", salt: salt)
        try await open.enrol(1)
        let hash = try await records.putText(text, salt: salt)
        let before = try open.octets()
        #expect(try await records.eraseText(hash))
        #expect(try await records.eraseHandle(member: 1))
        let after = try open.octets()
        let needles = [
            Data("somebody regrets".utf8), Data("very much very".utf8), Data(salt),
            Data("someone-to-forget".utf8), Data("$argon2id$".utf8),
        ]
        #expect(needles.filter { before.range(of: $0) == nil } == [])
        #expect(needles.filter { after.range(of: $0) != nil } == [])
        #expect(try await records.text(hash) == nil)
        #expect(try await records.handles() == [])
    }

    @Test func `whoever is erased cannot log in`() async throws {
        try await records.putHandle(member: 1, handle: "ana", salt: .salt)
        try await open.enrol(1)
        let (token, _) = try await open.credentials.openSession(
            member: 1, now: 0, lifetimeMilliseconds: 1_000)
        try await records.eraseHandle(member: 1)
        #expect(try await open.credentials.session(token: token, now: 1) == nil)
        await #expect(throws: CredentialError.notAccepted) {
            try await open.credentials.verify(handle: "ana", password: .correct, now: 0)
        }
    }

    @Test func `erasing what is not there says so`() async throws {
        #expect(try await !records.eraseText(ContentDigest(of: [])))
        #expect(try await !records.eraseHandle(member: 1))
    }

    @Test func `a text that was edited in the database is not shown`() async throws {
        let hash = try await records.putText("because", salt: .salt)
        let edited = try await open.shell(
            "people.sqlite", "UPDATE texts SET text = CAST('why not' AS BLOB)")
        #expect(edited.ending == .exited(0))
        await #expect(throws: PersonalRecordError.altered(hash: hash)) {
            try await records.text(hash)
        }
    }
}
