import Council
import Foundation
import TestKit
import Testing

@testable import Store

@Suite struct DurabilityTests {
    let scratch: TemporaryFolder
    var path: String { scratch.path("store") }

    init() throws {
        scratch = try TemporaryFolder()
    }

    /// Every acknowledgement in a trace, with the number of syncs of the write-ahead log since the
    /// one before.
    private func syncsBeforeAcknowledgements(_ trace: String) -> [Int] {
        trace.split(separator: "\n").reduce(into: (counts: [Int](), open: 0)) { result, line in
            if line.contains("fdatasync("), line.contains("journal.sqlite-wal>") {
                result.open += 1
            } else if line.contains("\"ack ") {
                result.counts.append(result.open)
                result.open = 0
            }
        }.counts
    }

    @Test func `every batch is synced before it is acknowledged`() async throws {
        let log = scratch.path("trace")
        let result = try await Writer(store: path).traced(
            batches: 10, size: 3, by: ["-e", "trace=fdatasync,fsync,write"], log: log)
        let trace = try String(contentsOfFile: log, encoding: .utf8)
        let counts = syncsBeforeAcknowledgements(trace)
        #expect(result.ending == .exited(0))
        #expect(counts.count == 10)
        #expect(counts.filter { $0 < 1 } == [])
    }

    @Test func `a batch costs one sync, whatever its size`() async throws {
        let log = scratch.path("trace")
        _ = try await Writer(store: path).traced(
            batches: 5, size: 100, by: ["-e", "trace=fdatasync,fsync,write"], log: log)
        let trace = try String(contentsOfFile: log, encoding: .utf8)
        #expect(syncsBeforeAcknowledgements(trace).dropFirst() == [1, 1, 1, 1])
    }

    @Test func `what was acknowledged survives a kill at any time`() async throws {
        var random = SeededGenerator(seed: 20)
        var acknowledged = 0
        for trial in 0..<12 {
            let writer = try Writer(store: path).start(batches: 100_000, size: 3)
            let wait = acknowledged + 3 * Int.random(in: 1...60, using: &random)
            _ = try await writer.output.line(containing: "ack \(wait)")
            writer.send(SIGKILL)
            #expect(try await writer.ending() == .killed(signal: SIGKILL))
            acknowledged = Writer.acknowledged(writer.output.text)
            let store = try Store(path: path)
            let entries = try store.journal.everything()
            #expect(entries.count >= acknowledged, "trial \(trial)")
            #expect(entries == (0..<entries.count).map(JournalEntry.sample), "trial \(trial)")
            acknowledged = entries.count
            try store.close()
        }
    }

    @Test func `what was acknowledged survives a loss of power`() async throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        let power = try await PowerLoss(of: path, within: scratch)
        var random = SeededGenerator(seed: 21)
        var acknowledged = 0
        for trial in 0..<8 {
            let writer = try Writer(store: path, environment: power.environment)
                .start(batches: 100_000, size: 3)
            let wait = acknowledged + 3 * Int.random(in: 1...200, using: &random)
            _ = try await writer.output.line(containing: "ack \(wait)")
            writer.send(SIGKILL)
            _ = try await writer.ending()
            try await power.strike()
            acknowledged = Writer.acknowledged(writer.output.text)
            let store = try Store(path: path)
            let entries = try store.journal.everything()
            #expect(entries.count >= acknowledged, "trial \(trial)")
            #expect(entries == (0..<entries.count).map(JournalEntry.sample), "trial \(trial)")
            acknowledged = entries.count
            try store.close()
            try await CommandResult.sync(power)
        }
    }

    /// A commit whose sync failed is complete in the page cache, and SQLite shows it after a
    /// restart: whoever reads it there may publish it, so opening must make it durable first.
    @Test func `what a restart shows survives a loss of power`() async throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        let power = try await PowerLoss(of: path, within: scratch)
        let writer = Writer(store: path, environment: power.environment)
        let broken = try await writer.traced(
            batches: 3, size: 2,
            by: [
                "-P", path + "/journal.sqlite-wal", "-e", "trace=fdatasync",
                "-e", "inject=fdatasync:error=EIO:when=8+",
            ], log: scratch.path("trace"))
        #expect(broken.ending == .exited(70), "\(broken.outputText)")
        let restart = try await CommandResult.of(
            Writer.program, [path, "count"], environment: power.environment)
        #expect(restart.ending == .killed(signal: SIGKILL))
        let shown = Int(restart.outputText.dropFirst(6).prefix { $0.isNumber })
        try await power.strike()
        let store = try Store(path: path)
        #expect(try store.journal.count() == shown)
        #expect(try #require(shown) > Writer.acknowledged(broken.outputText))
    }
}

extension CommandResult {
    /// Lets a folder that was used without the shim count as synced again.
    static func sync(_ power: PowerLoss) async throws {
        _ = try await CommandResult.of("/bin/sync", environment: power.environment)
    }
}
