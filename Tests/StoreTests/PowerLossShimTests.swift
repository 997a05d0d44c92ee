import Foundation
import TestKit
import Testing

/// The control: what the shim forgets, and what it does not.
@Suite struct PowerLossShimTests {
    let scratch: TemporaryFolder
    let power: PowerLoss
    var folder: String { scratch.path("disk") }

    init() async throws {
        scratch = try TemporaryFolder()
        try scratch.write("before", to: "disk/old")
        power = try await PowerLoss(of: scratch.path("disk"), within: scratch)
    }

    /// Runs a script under the shim, then takes the power away.
    private func lose(after script: String) async throws {
        let prelude = """
            import os
            def write(name, text, *sync):
                f = os.open(name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
                os.write(f, text.encode())
                for each in sync: each(f)
                os.close(f)
            def sync_names():
                f = os.open('.', os.O_RDONLY); os.fsync(f); os.close(f)

            """
        let result = try await CommandResult.of(
            "python3", ["-c", prelude + script], environment: power.environment,
            folder: URL(fileURLWithPath: folder))
        #expect(result.ending == .exited(0), "\(result.errorText)")
        try await power.strike()
    }

    private var content: [String: String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: folder)
                .reduce(into: [:]) { all, name in
                    all[name] =
                        FileManager.default.contents(atPath: folder + "/" + name)
                        .map { String(decoding: $0, as: UTF8.self) } ?? "a folder"
                }
        }
    }

    @Test(arguments: [
        ("write('new', 'x')", ["old": "before"]),
        ("write('new', 'x', os.fsync)", ["old": "before"]),
        ("write('new', 'x'); sync_names()", ["old": "before", "new": ""]),
        ("write('new', 'x', os.fsync); sync_names()", ["old": "before", "new": "x"]),
        ("write('new', 'x', os.fdatasync); sync_names()", ["old": "before", "new": "x"]),
        ("write('old', 'after')", ["old": "before"]),
        ("write('old', 'after', os.fdatasync)", ["old": "after"]),
        ("os.truncate('old', 2)", ["old": "before"]),
        ("os.remove('old')", ["old": "before"]),
        ("os.remove('old'); sync_names()", [:]),
        ("os.rename('old', 'moved')", ["old": "before"]),
        ("os.rename('old', 'moved'); sync_names()", ["moved": "before"]),
        ("write('t', 'after', os.fsync); os.rename('t', 'old')", ["old": "before"]),
        ("write('t', 'x'); os.rename('t', 'old'); sync_names()", ["old": ""]),
        ("write('t', 'x', os.fsync); os.rename('t', 'old'); sync_names()", ["old": "x"]),
        ("os.mkdir('sub')", ["old": "before"]),
        ("os.mkdir('sub'); sync_names()", ["old": "before", "sub": "a folder"]),
        ("os.sync()", ["old": "before"]),
        ("write('new', 'x'); os.sync()", ["old": "before", "new": "x"]),
        ("os.remove('old'); write('other', 'y'); sync_names()", ["other": ""]),
    ])
    func `what was synced is left, and no more`(
        script: String, left: [String: String]
    ) async throws {
        try await lose(after: script)
        #expect(try content == left)
    }

    @Test func `a folder that was restored can be lost again`() async throws {
        try await lose(after: "write('a', '1', os.fsync); sync_names()")
        try await lose(after: "write('a', '2'); write('b', '2', os.fsync)")
        #expect(try content == ["old": "before", "a": "1"])
    }

    @Test(arguments: [("OFF", false), ("NORMAL", false), ("FULL", true)])
    func `SQLite keeps its rows with FULL only`(synchronous: String, kept: Bool) async throws {
        let script = """
            PRAGMA journal_mode=wal; PRAGMA synchronous=\(synchronous);
            CREATE TABLE t (a); INSERT INTO t VALUES (1); INSERT INTO t VALUES (2);
            .shell kill -9 $PPID
            """
        let input = try scratch.write(script, to: "script.sql")
        let shell = try await CommandResult.of(
            "sqlite3", [folder + "/t.sqlite"], environment: power.environment, inputFile: input)
        try await power.strike()
        let rows = try await CommandResult.of(
            "sqlite3", [folder + "/t.sqlite", "SELECT count(*) FROM t"])
        #expect(shell.ending == .killed(signal: SIGKILL))
        #expect((rows.outputText == "2\n") == kept)
    }
}
