import Council
import Store
import TestKit
import Testing

/// What somebody does to the journal with a SQLite shell, where `recursive_triggers` is off.
@Suite struct AppendOnlyTests {
    let open: OpenStore

    init() throws {
        open = try OpenStore()
        try open.journal.append([.sample(0), .sample(1), .sample(2)])
    }

    @Test(arguments: [
        "UPDATE entries SET octets = x'00' WHERE \"index\" = 1",
        "DELETE FROM entries WHERE \"index\" = 2",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries VALUES (1, x'00', zeroblob(32), NULL)",
        "REPLACE INTO entries SELECT 3, x'00', zeroblob(32), statement FROM entries LIMIT 1",
        "INSERT INTO entries VALUES (4, x'00', zeroblob(32), NULL)",
        "INSERT INTO entries VALUES (-1, x'00', zeroblob(32), NULL)",
        "INSERT INTO entries VALUES (3, 'text', zeroblob(32), NULL)",
        "INSERT INTO entries VALUES (3, x'00', zeroblob(31), NULL)",
        "UPDATE OR REPLACE entries SET \"index\" = 0 WHERE \"index\" = 2",
    ])
    func `the journal refuses to be changed`(sql: String) async throws {
        let result = try await open.shell("journal.sqlite", sql)
        #expect(result.ending != .exited(0))
        #expect(try open.journal.everything() == (0..<3).map(JournalEntry.sample))
    }

    @Test func `ignoring the conflict changes nothing`() async throws {
        _ = try await open.shell(
            "journal.sqlite",
            "INSERT OR IGNORE INTO entries VALUES (1, x'00', zeroblob(32), NULL)")
        #expect(try open.journal.everything() == (0..<3).map(JournalEntry.sample))
    }

    @Test(arguments: [
        ("DROP TRIGGER entries_never_go; DELETE FROM entries WHERE \"index\" = 1", 1),
        ("DROP TRIGGER entries_never_go; DELETE FROM entries WHERE \"index\" = 0", 0),
    ])
    func `a row that was removed is missed`(sql: String, index: Int) async throws {
        #expect(try await open.shell("journal.sqlite", sql).ending == .exited(0))
        #expect(throws: JournalError.corrupt(index: index, detail: "row missing")) {
            try open.journal.everything()
        }
    }

    @Test(arguments: [
        ("octets = x''", "octets of a wrong length"),
        ("leaf = x'00'", "leaf hash of a wrong length"),
        ("statement = x'00'", "statement hash of a wrong length"),
    ])
    func `a row that was bent is named`(change: String, detail: String) async throws {
        let sql = """
            PRAGMA ignore_check_constraints = ON; DROP TRIGGER entries_never_change;
            UPDATE entries SET \(change) WHERE "index" = 1
            """
        #expect(try await open.shell("journal.sqlite", sql).ending == .exited(0))
        #expect(throws: JournalError.corrupt(index: 1, detail: detail)) {
            try open.journal.everything()
        }
    }
}
