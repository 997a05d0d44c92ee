import Foundation
import LogReader
import TestKit
import Testing
import TransparencyLog

/// One altered octet, wherever it is, is found and placed.
@Suite struct LogInspectionTests {
    private func flaws(_ log: PublishedLog) async throws -> [LogFlaw] {
        let checkpoint = try log.checkpoint(at: log.tree.size)
        var inspection = try await LogInspection(of: log.source, under: checkpoint)
        _ = try inspection.inspectOthers(in: log.folder.url)
        return inspection.flaws
    }

    private func files(_ log: PublishedLog) -> [String] {
        let all = FileManager.default.enumerator(atPath: log.folder.url.path)
        return (all?.compactMap { $0 as? String } ?? []).filter { path in
            (try? Tile(path: path)) != nil
                && (try? Data(contentsOf: log.folder.url.appendingPathComponent(path))) != nil
        }.sorted()
    }

    @Test(arguments: [1, 255, 256, 257, 600])
    func `a log as published has no flaw`(size: Int) async throws {
        let log = try PublishedLog(size: size)
        #expect(try await flaws(log) == [])
    }

    @Test func `in each file of a log that grew, an altered octet names the file`() async throws {
        let log = try PublishedLog(size: 10)
        for size in [40, 300, 520] { try log.grow(to: size) }
        let files = files(log)
        #expect(files.contains("tile/0/000.p/40") && files.contains("tile/1/000.p/2"))
        var generator = SeededGenerator(seed: 5)
        for path in files {
            let whole = Array(
                try Data(contentsOf: log.folder.url.appendingPathComponent(path)))
            for _ in 0..<4 {
                let place = Int.random(in: 0..<whole.count, using: &generator)
                try log.alter(path) { $0[place] ^= 1 << Int.random(in: 0..<8, using: &generator) }
                let found = try await flaws(log)
                #expect(found.map(\.path).contains(path), "\(path) \(place): \(found)")
                #expect(found.allSatisfy { $0.path == path }, "\(path) \(place): \(found)")
                try log.folder.write(whole, to: path)
            }
        }
    }

    @Test func `an altered entry and an altered hash are told apart and placed`() async throws {
        let log = try PublishedLog(size: 300)
        try log.alter("tile/entries/001.p/44") { $0[$0.count - 1] ^= 1 }
        try log.alter("tile/0/000") { $0[32 * 7] ^= 1 }
        let found = try await flaws(log)
        #expect(
            found.map { "\($0)" } == [
                "tile/entries/001.p/44: entry 299 was altered",
                "tile/0/000: hash 7 was altered, of entry 7",
            ])
    }

    @Test func `a tile of a higher level names the entries below its hash`() async throws {
        let log = try PublishedLog(size: 600)
        try log.alter("tile/1/000.p/2") { $0[40] ^= 1 }
        #expect(
            try await flaws(log).map { "\($0)" } == [
                "tile/1/000.p/2: hash 1 was altered, of entries 256 to 511"
            ])
    }

    @Test func `files that are gone are named, all of them`() async throws {
        let log = try PublishedLog(size: 600)
        for path in ["tile/0/000", "tile/entries/001", "tile/1/000.p/2"] { try log.remove(path) }
        #expect(
            Set(try await flaws(log).map { "\($0)" }) == [
                "tile/0/000: is missing, of entries 0 to 255",
                "tile/entries/001: is missing, of entries 256 to 511",
                "tile/1/000.p/2: is missing, of entries 0 to 511",
            ])
    }

    @Test func `a malformed bundle is named, and its other entries are not blamed`() async throws {
        let log = try PublishedLog(size: 20)
        try log.alter("tile/entries/000.p/20") { $0.removeLast(3) }
        let tile = try Tile(path: "tile/entries/000.p/20")
        #expect(try await flaws(log).map(\.kind) == [.malformed(.truncated(tile, position: 19))])
    }

    @Test func `an entry and its hash altered together still do not lead to the root`()
        async throws
    {
        let log = try PublishedLog(size: 20)
        let forged = Array("forged".utf8)
        var entries = log.entries
        entries[3] = forged
        try log.folder.write(try EntryBundle.encode(entries), to: "tile/entries/000.p/20")
        try log.alter("tile/0/000.p/20") { octets in
            octets.replaceSubrange(32 * 3..<32 * 4, with: Digest.leaf(forged).octets)
        }
        #expect(try await flaws(log).map(\.kind) == [.otherRoot])
    }
}
