import Council
import Foundation
import GRDB
import TestKit
import Testing

@testable import Store

/// The disk fails at the k-th call, for every k, until a run has nothing left to fail.
@Suite struct FaultTests {
    struct Call: CustomTestStringConvertible {
        let name: String
        let file: String
        let error: String
        var testDescription: String { "\(name) of \(file): \(error)" }
    }

    static let calls = [
        Call(name: "pwrite64", file: "journal.sqlite-wal", error: "EIO"),
        Call(name: "pwrite64", file: "journal.sqlite-wal", error: "ENOSPC"),
        Call(name: "fdatasync", file: "journal.sqlite-wal", error: "EIO"),
        Call(name: "pwrite64", file: "journal.sqlite", error: "EIO"),
        Call(name: "fdatasync", file: "journal.sqlite", error: "EIO"),
    ]

    /// What one broken run and the restart after it came to.
    private func trial(_ call: Call, k: Int) async throws -> (outcome: String, holds: Bool) {
        let scratch = try TemporaryFolder()
        let path = scratch.path("store")
        let result = try await Writer(store: path).traced(
            batches: 3, size: 3,
            by: [
                "-P", path + "/" + call.file, "-e", "trace=\(call.name)",
                "-e", "inject=\(call.name):error=\(call.error):when=\(k)",
            ], log: scratch.path("trace"))
        let acknowledged = Writer.acknowledged(result.outputText)
        let store = try Store(path: path)
        let entries = try store.journal.everything()
        let allowed =
            switch result.ending {
            case .exited(70): [acknowledged, acknowledged + 3]
            default: [acknowledged]
            }
        try store.journal.append([.sample(entries.count)])
        let holds =
            allowed.contains(entries.count)
            && entries == (0..<entries.count).map(JournalEntry.sample)
        let wasHit = try String(contentsOfFile: scratch.path("trace"), encoding: .utf8)
            .contains("(INJECTED)")
        return (wasHit ? "\(result.ending)" : "not hit", holds)
    }

    @Test(arguments: calls)
    func `a call that fails loses nothing that was acknowledged`(call: Call) async throws {
        var outcomes: [String] = []
        var broken: [Int] = []
        var misses = 0
        var k = 1
        // Threads count their calls apart: a run may miss the k-th of one and hit another's later.
        while misses < 3, k < 200 {
            let (outcome, holds) = try await trial(call, k: k)
            outcomes.append(outcome)
            if !holds { broken.append(k) }
            misses = outcome == "not hit" ? misses + 1 : 0
            k += 1
        }
        let table = Dictionary(grouping: outcomes, by: \.self).mapValues(\.count)
            .sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        print("\(call.testDescription): \(table.joined(separator: ", "))")
        #expect(broken == [])
        #expect(outcomes.count > 3, "no call was hit")
    }

    @Test func `after a commit of unknown outcome nothing is appended`() async throws {
        let open = try OpenStore()
        try open.journal.append([.sample(0)])
        try await open.journal.pool.write { db in
            // A deferred constraint is checked by COMMIT itself, so that it is COMMIT that fails.
            try db.execute(
                sql: """
                    CREATE TABLE parent (id INTEGER PRIMARY KEY);
                    CREATE TABLE child (
                        id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
                    CREATE TRIGGER breaking AFTER INSERT ON entries
                    BEGIN INSERT INTO child VALUES (1); END;
                    """)
        }
        #expect(throws: JournalError.self) { try open.journal.append([.sample(1)]) }
        try await open.journal.pool.write { try $0.execute(sql: "DROP TRIGGER breaking") }
        let error = #expect(throws: JournalError.self) {
            try open.journal.append([.sample(1)])
        }
        #expect(error?.isOutcomeUnknown == true)
        #expect(try open.journal.count() == 1)
    }

    @Test func `a statement that fails before the commit is a no`() async throws {
        let open = try OpenStore()
        try await open.journal.pool.write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER breaking BEFORE INSERT ON entries WHEN NEW."index" = 1
                    BEGIN SELECT no_such_function(); END;
                    """)
        }
        let error = #expect(throws: JournalError.self) {
            try open.journal.append([.sample(0), .sample(1)])
        }
        try await open.journal.pool.write { try $0.execute(sql: "DROP TRIGGER breaking") }
        try open.journal.append([.sample(0)])
        #expect(error?.isOutcomeUnknown == false)
        #expect(try open.journal.count() == 1)
    }
}

extension JournalError {
    /// Whether the entries may be there after a restart.
    var isOutcomeUnknown: Bool {
        if case .outcomeUnknown = self { true } else { false }
    }
}
