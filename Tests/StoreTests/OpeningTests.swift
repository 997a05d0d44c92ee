import Council
import Foundation
import GRDB
import TestKit
import Testing

@testable import Store

@Suite struct OpeningTests {
    let scratch: TemporaryFolder
    var path: String { scratch.path("store") }

    init() throws {
        scratch = try TemporaryFolder()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `the writer syncs every commit`() throws {
        let store = try Store(path: path)
        let levels = try [store.journal.pool, store.credentials.pool].map { pool in
            try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        }
        #expect(levels == [2, 2])
    }

    @Test(arguments: [
        ("journal_mode", "wal"), ("mmap_size", "0"), ("recursive_triggers", "1"),
        ("foreign_keys", "1"), ("trusted_schema", "0"), ("busy_timeout", "5000"),
    ])
    func `the writer is set up`(pragma: String, value: String) throws {
        let store = try Store(path: path)
        let actual = try store.journal.pool.writeWithoutTransaction {
            try String.fetchOne($0, sql: "PRAGMA \(pragma)")
        }
        #expect(actual == value)
    }

    @Test func `readers cannot write`() throws {
        let store = try Store(path: path)
        #expect(throws: DatabaseError.self) {
            try store.journal.pool.unsafeRead { try $0.execute(sql: "CREATE TABLE x (y)") }
        }
    }

    @Test func `the folder and its files are the owner's alone`() throws {
        let store = try Store(path: path)
        try store.journal.append([.sample(0)])
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        let open = try names.filter { try mode(path + "/" + $0) != 0o600 }
        #expect(names.contains("journal.sqlite-wal"))
        #expect(open == [])
        #expect(try mode(path) == 0o700)
    }

    @Test func `a file that others could read is closed to them`() throws {
        try Store(path: path).close()
        let file = path + "/people.sqlite"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        let store = try Store(path: path)
        #expect(try mode(file) == 0o600)
        try store.close()
    }

    @Test func `a folder that others may look into is refused`() throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755])
        #expect(throws: StoreError.folderOpenToOthers(path: path, mode: 0o755)) {
            try Store(path: path)
        }
    }

    @Test func `a file in the folder's place is refused`() throws {
        try scratch.write("not a folder", to: "store")
        #expect(throws: StoreError.folder(path: path, reason: "is not a folder")) {
            try Store(path: path)
        }
    }

    @Test func `a store that is open cannot be opened again`() throws {
        let store = try Store(path: path)
        #expect(throws: StoreError.inUse(path: path)) { try Store(path: path) }
        try store.close()
    }

    @Test func `a program that was started keeps no hold of the store`() async throws {
        let store = try Store(path: path)
        let child = try RunningProgram("sh", ["-c", "ls -l /proc/self/fd; echo up; sleep 60"])
        _ = try await child.output.line(containing: "up")
        try store.close()
        try Store(path: path).close()
        #expect(!child.output.text.contains(path + "/lock"))
    }

    @Test func `a store that was closed can be opened again`() throws {
        try Store(path: path).close()
        try Store(path: path).close()
    }

    @Test func `a closed journal is whole in its file alone`() async throws {
        let store = try Store(path: path)
        try store.journal.append([.sample(0), .sample(1)])
        #expect(try store.journal.count() == 2)
        try store.close()
        let copy = scratch.path("copy.sqlite")
        try FileManager.default.copyItem(atPath: path + "/journal.sqlite", toPath: copy)
        let rows = try await CommandResult.of("sqlite3", [copy, "SELECT count(*) FROM entries"])
        #expect(rows.outputText == "2\n")
    }

    @Test func `a store that was let go can be opened again`() throws {
        for _ in 0..<3 {
            _ = try Store(path: path)
        }
    }

    @Test(arguments: ["journal.sqlite", "people.sqlite"])
    func `a database that a newer program wrote is refused by name`(file: String) async throws {
        try Store(path: path).close()
        _ = try await CommandResult.of(
            "sqlite3",
            [path + "/" + file, "INSERT INTO grdb_migrations VALUES ('journal-99-future')"])
        let error = StoreError.newerSchema(
            path: path + "/" + file, unknown: ["journal-99-future"])
        #expect(throws: error) { try Store(path: path) }
    }

    @Test func `a file that is no database is refused with SQLite's words`() throws {
        try Store(path: path).close()
        let file = try scratch.write(
            String(repeating: "not a database ", count: 1_000), to: "store/journal.sqlite")
        let error = #expect(throws: StoreError.self) { try Store(path: path) }
        #expect(error?.description.contains("\(file) cannot be opened") == true)
        #expect(error?.description.contains("file is not a database") == true)
    }

    @Test func `a refused opening leaves the folder free`() throws {
        try Store(path: path).close()
        let file = try scratch.write("garbage, and long enough", to: "store/journal.sqlite")
        _ = try? Store(path: path)
        try FileManager.default.removeItem(atPath: file)
        try Store(path: path).close()
    }

    @Test func `a shell in the middle of reading the journal is asked to leave`() throws {
        let store = try Store(path: path)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let shell = try DatabaseQueue(path: path + "/journal.sqlite", configuration: configuration)
        try shell.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN; SELECT count(*) FROM entries")
        }
        try store.journal.append([.sample(0)])
        try store.close()
        let error = StoreError.heldByAnotherProgram(path: path + "/journal.sqlite")
        #expect(throws: error) { try Store(path: path) }
    }
}
