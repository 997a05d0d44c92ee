import CanonicalJSON
import Foundation
import TestKit
import Testing
import TransparencyLog

/// `commonway audit verify` on copies that somebody altered, and beside other copies.
@Suite struct AuditVerifyTests {
    private func verify(_ log: ForgedLog, _ more: String...) async throws -> CommandResult {
        try await CommandResult.of(
            try Checkout.program(),
            ["audit", "verify", "--log", log.path, "--community", log.card] + more)
    }

    private func files(_ log: ForgedLog) throws -> [String] {
        let all = FileManager.default.enumerator(atPath: log.path)
        return (all?.compactMap { $0 as? String } ?? []).filter { path in
            path.hasPrefix("tile/")
                && (try? Data(contentsOf: URL(fileURLWithPath: "\(log.path)/\(path)"))) != nil
        }.sorted()
    }

    @Test func `an octet altered in any file is placed by name, those of earlier sizes too`()
        async throws
    {
        var log = try ForgedLog(Samples.library(port: 9))
        try log.enact([Samples.backend("shelf", port: 9)])
        #expect(try await verify(log).ending == .exited(0))
        let files = try files(log)
        #expect(files.count == 4, "two sizes, entries and hashes: \(files)")
        for path in files {
            let file = URL(fileURLWithPath: "\(log.path)/\(path)")
            let whole = try Data(contentsOf: file)
            var octets = Array(whole)
            octets[octets.count - 5] ^= 4
            try Data(octets).write(to: file)
            let found = try await verify(log)
            #expect(found.ending == .exited(1), "\(path)")
            #expect(found.errorText.contains("\n  \(path): "), "\(path): \(found.errorText)")
            #expect(found.errorText.contains("altered"))
            try FileManager.default.removeItem(at: file)
            let gone = try await verify(log)
            let isNeeded = gone.ending == .exited(1)
            #expect(gone.errorText.contains("\(path): is missing") == isNeeded)
            try whole.write(to: file)
        }
    }

    @Test func `programs get every flaw with file and entries`() async throws {
        let log = try ForgedLog(Samples.library(port: 9))
        let path = try #require(try files(log).first { $0.hasPrefix("tile/0/") })
        let file = URL(fileURLWithPath: "\(log.path)/\(path)")
        var octets = Array(try Data(contentsOf: file))
        octets[64] ^= 1
        try Data(octets).write(to: file)
        let found = try await verify(log, "--json")
        let value = try JSONValue(parsing: Array(found.output.dropLast()), form: .canonical)
        #expect(value["valid"] == false)
        let flaws = try #require(value["flaws"]?.array)
        #expect(flaws.map { $0["file"]?.string } == [path])
        #expect(flaws.map { $0["first"]?.integer } == [2])
    }

    @Test func `a second history under the same key is a fork, and the proof is printed`()
        async throws
    {
        // Both by the same keys from the same founding: what a key's holder could show to two.
        let log = try ForgedLog(Samples.library(port: 9))
        let fork = try ForgedLog([Samples.backend("shelf", port: 9)])
        let found = try await verify(log, "--compare", fork.path)
        #expect(found.ending == .exited(1))
        #expect(found.errorText.contains("two histories"), "\(found.errorText)")
        #expect(found.outputText.components(separatedBy: "forge.example/log\n").count == 3)
        let file = try await verify(log, "--compare", fork.path + "/checkpoint", "--json")
        #expect(file.ending == .exited(1))
        #expect(file.outputText.contains("\"fork\":true"))
    }

    @Test func `an earlier copy and a later one are of the same history`() async throws {
        let early = try ForgedLog(Samples.library(port: 9))
        var late = try ForgedLog(Samples.library(port: 9))
        try late.enact([Samples.backend("shelf", port: 9)])
        for (own, other) in [(early, late.path), (late, early.path)] {
            let same = try await verify(own, "--compare", other)
            #expect(same.ending == .exited(0), "\(same.errorText)")
        }
        let old = try await verify(late, "--compare", early.path + "/checkpoint")
        #expect(old.ending == .exited(0), "\(old.errorText)")
        let ahead = try await verify(early, "--compare", late.path + "/checkpoint")
        #expect(ahead.ending == .exited(4))
        let nothing = try await verify(early, "--compare", early.folder.path("nowhere"))
        #expect(nothing.ending == .exited(4))
    }
}
