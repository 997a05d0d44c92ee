import Council
import Foundation
import Routing
import Store
import TestKit
import TransparencyLog

/// A store in a temporary folder of its own, with passwords at the least cost.
struct OpenStore {
    let scratch: TemporaryFolder
    let path: String
    let store: Store

    init(waitingMax: Int = 16) throws {
        scratch = try TemporaryFolder()
        path = scratch.path("store")
        store = try Store(
            path: path, hashing: HashingConfiguration(cost: .least, waitingMax: waitingMax))
    }

    /// A store whose members 1… have these handles.
    init(members handles: [String], waitingMax: Int = 16) async throws {
        try self.init(waitingMax: waitingMax)
        for (member, handle) in zip(1..., handles) {
            try await store.records.putHandle(member: member, handle: handle, salt: .salt)
        }
    }

    var journal: SQLiteJournal { store.journal }
    var credentials: SQLiteCredentials { store.credentials }
    var records: SQLitePersonalRecords { store.records }

    /// Gives a member an account with this password.
    func enrol(_ member: Int, password: Secret = .correct) async throws {
        let invitation = try await credentials.createInvitation(member: member, expires: 1_000)
        _ = try await credentials.redeem(invitation: invitation, password: password, now: 0)
    }

    /// What a person does with a SQLite shell.
    func shell(_ file: String, _ sql: String) async throws -> CommandResult {
        try await CommandResult.of("sqlite3", ["-batch", path + "/" + file, sql])
    }

    /// All octets of all files of the store.
    func octets() throws -> Data {
        try FileManager.default.contentsOfDirectory(atPath: path)
            .reduce(into: Data()) { all, name in
                all.append(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
            }
    }
}

extension Secret {
    static let correct = Secret(text: "correct horse battery staple")
    static let wrong = Secret(text: "incorrect horse battery staple")
}

extension [UInt8] {
    static let salt = [UInt8](1...32)
}

extension JournalEntry {
    /// The entry that StoreWriter writes at this index.
    static func sample(_ index: Int) -> JournalEntry {
        let octets = Array("entry \(index) ".utf8) + [UInt8](repeating: 0x2E, count: 680)
        return JournalEntry(
            index: index, octets: octets, leafHash: .leaf(octets),
            statementHash: ContentDigest(of: octets))
    }
}

extension Journal {
    /// Everything that is in the journal.
    func everything() throws(JournalError) -> [JournalEntry] {
        var all: [JournalEntry] = []
        while true {
            let page = try entries(from: all.count, limit: JournalLimits.pageEntriesMax)
            guard !page.isEmpty else { return all }
            all += page
        }
    }
}
