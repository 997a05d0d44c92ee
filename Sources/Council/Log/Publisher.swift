import Foundation
import LogReader
package import TransparencyLog

/// Makes what is committed public: tiles, then the compare-and-swap, then the signature, then the
/// checkpoint.
package struct Publisher: Sendable {
    private let log: LogFolder
    private let lastSigned: LastSigned
    /// The log's key.
    let signer: SignerKey
    /// The checkpoint that was published last.
    private(set) var published: SignedCheckpoint?
    private var signed: Checkpoint?

    /// Opens the published log.
    ///
    /// - Throws: What ``LastSigned/read()`` throws, and ``CheckpointError`` for a published
    ///   checkpoint that the key did not sign.
    package init(log: LogFolder, lastSigned: LastSigned, signer: SignerKey) throws {
        self.log = log
        self.lastSigned = lastSigned
        self.signer = signer
        signed = try lastSigned.read()
        let octets = try DurableFile.read(
            log.checkpointFile, octetsMax: SignedNote.octetsMax)
        published = try octets.map { try SignedCheckpoint(octets: $0, key: signer.verifier) }
    }

    /// What was last put to the key, and what was published; either may be ahead of nothing.
    package var witnessed: [Checkpoint] { [signed, published?.checkpoint].compactMap { $0 } }

    /// Publishes a tree.
    ///
    /// - Parameter entries: The octets of the entries of a range of indices.
    /// - Throws: The system's error, ``CouncilFault`` and what `entries` throws. Nothing
    ///   inconsistent is public then; the same call may be made again after a restart.
    mutating func publish(
        _ tree: MerkleTree, entries: (Range<Int>) throws -> [[UInt8]]
    ) throws {
        let before = published?.checkpoint
        guard tree.size > before?.size ?? 0 || before == nil else { return }
        try log.writeTiles(from: before?.size ?? 0, tree: tree, entries: entries)
        let next = Checkpoint(origin: signer.verifier.name, size: tree.size, root: tree.root)
        if next != signed {
            try lastSigned.swap(from: signed, to: next)
            signed = next
        }
        let checkpoint = try next.signed(by: signer)
        try DurableFile.write(checkpoint.note.octets, to: log.checkpointFile)
        published = checkpoint
    }

    /// The first entry whose leaf hash is not the one in the published tiles.
    ///
    /// - Returns: `nil` when the tiles cannot be read, or agree.
    func firstDifference(from tree: MerkleTree) -> Int? {
        guard let size = published?.checkpoint.size else { return nil }
        for first in stride(from: 0, to: min(size, tree.size), by: Tile.fullWidth) {
            guard let published = leaves(from: first, size: size) else { return nil }
            for (offset, leaf) in published.enumerated() where first + offset < tree.size {
                do {
                    if try tree.leaf(at: first + offset) != leaf { return first + offset }
                } catch {
                    return nil
                }
            }
        }
        return nil
    }

    /// The published leaf hashes of the tile that begins with an entry.
    private func leaves(from first: Int, size: Int) -> [Digest]? {
        let content = Tile.Content.hashes(level: 0)
        guard let (tile, _) = Tile.holding(position: first, content: content, size: size) else {
            return nil
        }
        do {
            let file = log.folder.appendingPathComponent(tile.path)
            guard let octets = try DurableFile.read(file, octetsMax: tile.octetsMax) else {
                return nil
            }
            return try tile.digests(in: octets)
        } catch {
            // Only the name of the entry is lost, not the refusal.
            return nil
        }
    }
}
