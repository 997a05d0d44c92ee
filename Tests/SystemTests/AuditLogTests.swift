import CanonicalJSON
import Foundation
import TestKit
import Testing

/// `commonway audit log` on files alone.
@Suite struct AuditLogTests {
    private let log: ForgedLog

    init() throws {
        var log = try ForgedLog(Samples.library(port: 9))
        try log.enact([Samples.backend("shelf", port: 9)])
        self.log = log
    }

    private func run(_ arguments: String...) async throws -> CommandResult {
        try await CommandResult.of(
            try Checkout.program(),
            ["audit", "log", "--against", log.path, "--community", log.card] + arguments,
            environment: ["COMMONWAY_CONFIG": "/nonexistent"])
    }

    private func lines(_ result: CommandResult) throws -> [JSONValue] {
        try result.outputText.split(separator: "\n").map {
            try JSONValue(parsing: Array($0.utf8), form: .canonical)
        }
    }

    @Test func `without a filter every entry is a line, in order`() async throws {
        let result = try await run("--json")
        #expect(result.ending == .exited(0), "\(result.errorText)")
        let lines = try lines(result)
        #expect(lines.map { $0["index"]?.integer } == lines.indices.map { Int64($0) })
        #expect(lines.first?["kind"] == "genesis")
        #expect(lines.allSatisfy { $0["verdict"] == "applied" })
        let words = try await run()
        #expect(words.outputText.split(separator: "\n").count == lines.count)
        #expect(words.outputText.contains("proposal 1  yes 3, no 0, abstain 0  passed"))
    }

    @Test func `filters narrow by act, kind, member, proposal and route`() async throws {
        let ballots = try lines(try await run("--json", "--act", "ballot", "--member", "2"))
        #expect(ballots.map { $0["proposal"]?.integer } == [1, 2])
        let closes = try lines(try await run("--json", "--kind", "close", "--proposal", "2"))
        #expect(closes.map { $0["entry"]?["outcome"] } == ["passed"])
        let about = try lines(try await run("--json", "--route", "library"))
        #expect(Set(about.map { $0["proposal"]?.integer }) == [1])
        #expect(about.contains { $0["act"] == "ballot" })
        let shelf = try lines(try await run("--json", "--route", "Backend/shelf"))
        #expect(Set(shelf.map { $0["proposal"]?.integer }) == [2])
    }

    @Test func `a word that no entry has is said to be none`() async throws {
        let result = try await run("--act", "bollot")
        #expect(result.ending == .exited(0))
        #expect(result.output.isEmpty)
        #expect(result.errorText.contains("note: no entry of this log is a bollot"))
    }

    @Test func `times bound it from the first instant on and to before the last`() async throws {
        let all = try lines(try await run("--json"))
        let t = try #require(all.last?["t"]?.integer)
        let late = try lines(try await run("--json", "--since", "\(t)"))
        #expect(late.allSatisfy { $0["t"]?.integer == t } && !late.isEmpty)
        let early = try lines(try await run("--json", "--until", "\(t)"))
        #expect(early.count + late.count == all.count)
        #expect(try await run("--since", "2100-01-01").output.isEmpty)
        #expect(try lines(try await run("--json", "--since", "2026-01-01T00:00Z")) == all)
        let wrong = try await run("--since", "yesterday")
        #expect(wrong.ending == .exited(2))
        #expect(wrong.errorText.contains("--since"))
    }

    @Test func `of a log that does not hold nothing is printed`() async throws {
        let folder = log.path + "/tile/0/000.p"
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).max())
        let tile = URL(fileURLWithPath: "\(folder)/\(name)")
        var octets = Array(try Data(contentsOf: tile))
        octets[0] ^= 1
        try Data(octets).write(to: tile)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            try Data(octets.prefix(32 * (Int(name) ?? 0))).write(
                to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        let result = try await run()
        #expect(result.ending == .exited(1))
        #expect(result.output.isEmpty)
        #expect(result.errorText.contains("entry 0"))
    }
}
