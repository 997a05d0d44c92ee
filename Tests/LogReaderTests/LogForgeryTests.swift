import Foundation
import LogReader
import TestKit
import Testing
import TransparencyLog

@Suite("A log that was altered or contradicts itself")
struct LogForgeryTests {
    private func failure(
        _ log: PublishedLog, from accepted: SignedCheckpoint? = nil
    ) async throws -> LogFetchError? {
        do {
            _ = try await PublishedLog.read(log.fetcher, from: accepted)
            return nil
        } catch let error as LogFetchError {
            return error
        }
    }

    @Test(arguments: [0, 17, 255, 256, 299])
    func `an altered entry is named`(index: Int) async throws {
        let log = try PublishedLog(size: 300)
        let path = index < 256 ? "entries/000" : "entries/001.p/44"
        let hashes = index < 256 ? "tile/0/000" : "tile/0/001.p/44"
        let octets = try log.octets(of: try Tile(path: "tile/" + path))
        let entry = log.entries[index]
        // The entries number themselves, so each stands once.
        let record = [0, UInt8(entry.count)] + entry
        let place = try #require(octets.indices.first { octets[$0...].starts(with: record) })
        try log.alter("tile/" + path) { $0[place + 2] ^= 1 }

        let error = try await failure(log)

        let tile = try Tile(path: hashes)
        #expect(error == .wrongEntry(index: index, tile: tile))
        #expect(
            error?.description == "entry \(index): octets do not hash to its leaf in \(tile.path)")
    }

    @Test(arguments: [0, 17, 255, 256, 299])
    func `an altered leaf hash is named by its entry`(index: Int) async throws {
        let log = try PublishedLog(size: 300)
        let path = index < 256 ? "tile/0/000" : "tile/0/001.p/44"
        try log.alter(path) { $0[index % 256 * 32] ^= 1 }

        #expect(try await failure(log) == .wrongEntry(index: index, tile: try Tile(path: path)))
    }

    @Test func `an entry altered with its full tile is found by the tile`() async throws {
        let log = try PublishedLog(size: 300)
        let forged = Array("entrY 17".utf8)
        var entries = Array(log.entries[..<256])
        entries[17] = forged
        try log.folder.write(try EntryBundle.encode(entries), to: "tile/entries/000")
        try log.alter("tile/0/000") {
            $0.replaceSubrange((17 * 32)..<(18 * 32), with: Digest.leaf(forged).octets)
        }

        #expect(try await failure(log) == .wrongTile(try Tile(path: "tile/0/000")))
    }

    @Test func `an entry altered with its tile at the edge is found by the root`() async throws {
        let log = try PublishedLog(size: 20)
        let forged = Array("entrY 17".utf8)
        var entries = log.entries
        entries[17] = forged
        try log.folder.write(try EntryBundle.encode(entries), to: "tile/entries/000.p/20")
        try log.alter("tile/0/000.p/20") {
            $0.replaceSubrange((17 * 32)..<(18 * 32), with: Digest.leaf(forged).octets)
        }
        let computed = MerkleTree(leaves: entries.map { .leaf($0) }).root

        let error = try await failure(log)

        let checkpoint = try log.checkpoint(at: 20)
        #expect(error == .wrongRoot(computed: computed, checkpoint: checkpoint))
    }

    @Test(arguments: ["tile/entries/000.p/5", "tile/0/000.p/5", "checkpoint"])
    func `every flipped bit of every file is refused`(path: String) async throws {
        let log = try PublishedLog(size: 5)
        let octets = Array(try Data(contentsOf: log.folder.url.appendingPathComponent(path)))
        var accepted: [Int] = []
        for bit in 0..<(octets.count * 8) {
            try log.folder.write(octets.flipping(bit: bit), to: path)
            if try await failure(log) == nil { accepted.append(bit) }
        }
        #expect(accepted == [])
    }

    @Test func `an altered hash of a higher level is refused`() async throws {
        let log = try PublishedLog(size: 600)
        try log.alter("tile/1/000.p/2") { $0[40] ^= 1 }
        let leaf = try await failure(log)
        guard case .wrongRoot = leaf else {
            Issue.record("\(String(describing: leaf))")
            return
        }
    }

    @Test func `another log's checkpoint is refused`() async throws {
        let log = try PublishedLog(size: 5)
        let stranger = try SignerKey(
            name: PublishedLog.origin, seed: [UInt8](repeating: 2, count: 32))
        let fetcher = LogFetcher(source: log.source, key: stranger.verifier)
        await #expect(throws: LogFetchError.checkpoint(.note(.noKnownSignature))) {
            try await fetcher.advance(from: nil, entriesFrom: 0)
        }
    }

    @Test func `an earlier checkpoint is a rollback, with both kept`() async throws {
        let log = try PublishedLog(size: 5)
        let offered = try log.checkpoint(at: 5)
        try log.grow(to: 9)
        let accepted = try log.checkpoint(at: 9)
        try log.folder.write(offered.note.octets, to: Checkpoint.path)

        let error = try await failure(log, from: accepted)

        #expect(error == .rollback(accepted: accepted, offered: offered))
        #expect(error?.provesMisconduct == false)
    }

    @Test(arguments: [7, 300, 600])
    func `another history is a fork, with both kept`(size: Int) async throws {
        let log = try PublishedLog()
        try log.grow(to: 4)
        let accepted = try log.grow(to: 7)
        let other = try PublishedLog()
        try other.grow(to: 4)
        let offered = try other.grow(to: size, named: "other")

        let error = try await failure(other, from: accepted)

        #expect(error == .fork(accepted: accepted, offered: offered))
        #expect(error?.provesMisconduct == true)
    }

    @Test func `a checkpoint that its own tiles contradict is no fork`() async throws {
        let log = try PublishedLog(size: 20)
        let accepted = try log.checkpoint(at: 20)
        let other = try PublishedLog()
        let offered = try other.grow(to: 30, named: "other")
        try log.grow(to: 30)
        try log.folder.write(offered.note.octets, to: Checkpoint.path)

        let error = try await failure(log, from: accepted)

        #expect(error == .wrongRoot(computed: log.tree.root, checkpoint: offered))
    }
}
