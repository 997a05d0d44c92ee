import Foundation
import LogReader
import TestKit
import Testing
import TransparencyLog

/// A log that a test publishes in a folder, as a council does: tiles, then the checkpoint.
final class PublishedLog {
    static let origin = "gw.example.org/log"

    let folder: TemporaryFolder
    let signer: SignerKey
    private(set) var tree = MerkleTree()
    private(set) var entries: [[UInt8]] = []

    /// - Parameter size: How many entries are published at once.
    init(size: Int = 0) throws {
        folder = try TemporaryFolder()
        signer = try SignerKey(name: Self.origin, seed: [UInt8](repeating: 1, count: 32))
        if size > 0 { try grow(to: size) }
    }

    var key: VerifierKey { signer.verifier }
    var source: FolderSource { FolderSource(folder: folder.url) }
    var fetcher: LogFetcher { LogFetcher(source: source, key: key) }

    /// Appends entries that number themselves and publishes all.
    @discardableResult
    func grow(to size: Int, named word: String = "entry") throws -> SignedCheckpoint {
        let old = tree.size
        for index in old..<size {
            let entry = Array("\(word) \(index)".utf8)
            entries.append(entry)
            tree.append(.leaf(entry))
        }
        for tile in Tile.needed(from: old, to: size) {
            try folder.write(try octets(of: tile), to: tile.path)
        }
        return try publish()
    }

    /// Signs and publishes the tree as it is.
    func publish() throws -> SignedCheckpoint {
        let signed = try checkpoint(at: tree.size)
        try folder.write(signed.note.octets, to: Checkpoint.path)
        return signed
    }

    func checkpoint(at size: Int) throws -> SignedCheckpoint {
        try Checkpoint(origin: Self.origin, size: size, root: try tree.root(atSize: size))
            .signed(by: signer)
    }

    func octets(of tile: Tile) throws -> [UInt8] {
        guard tile.content == .entries else { return try tree.octets(of: tile) }
        let first = tile.index * Tile.fullWidth
        return try EntryBundle.encode(entries[first..<(first + tile.width)])
    }

    /// Replaces the octets of a file by what `change` makes of them.
    func alter(_ path: String, _ change: (inout [UInt8]) -> Void) throws {
        var octets = Array(try Data(contentsOf: folder.url.appendingPathComponent(path)))
        change(&octets)
        try folder.write(octets, to: path)
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent(path))
    }

    /// All that a reader gets from a source.
    static func read(
        _ fetcher: LogFetcher, from accepted: SignedCheckpoint? = nil, entriesFrom start: Int = 0
    ) async throws -> (checkpoint: SignedCheckpoint, entries: [[UInt8]]) {
        let found = try await fetcher.advance(from: accepted, entriesFrom: start)
        var advance = try #require(found)
        var entries: [[UInt8]] = []
        while let batch = try await advance.nextBatch() {
            #expect(batch.first == start + entries.count)
            #expect(batch.leaves == batch.entries.map { .leaf($0) })
            entries += batch.entries
        }
        #expect(advance.remaining == 0)
        return (advance.checkpoint, entries)
    }
}
