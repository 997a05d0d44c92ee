import Foundation
package import LogReader
package import TransparencyLog

/// Makes what is committed public: tiles, then the compare-and-swap, then the signature, then, when
/// the witnesses that the community asks for have cosigned it, the checkpoint.
package struct Publisher: Sendable {
    private let log: LogFolder
    private let lastSigned: LastSigned
    /// The log's secret keys.
    let signers: LogSigners
    /// Whose cosignatures a checkpoint needs before it is published.
    let witnesses: WitnessPolicy
    /// The checkpoint that was published last.
    private(set) var published: SignedCheckpoint?
    /// The published checkpoint that had enough cosignatures last; with no witnesses there is none.
    private(set) var witnessed: SignedCheckpoint?
    /// The checkpoint that was signed last: published, or waiting for witnesses.
    private(set) var newest: SignedCheckpoint?
    private var signed: Checkpoint?
    /// The size whose tiles are written.
    private var tilesSize = 0

    /// Opens the published log.
    ///
    /// - Parameter witnesses: The community card's.
    /// - Throws: What ``LastSigned/read()`` throws, and ``CheckpointError`` for a published
    ///   checkpoint that the key did not sign.
    package init(
        log: LogFolder, lastSigned: LastSigned, signers: LogSigners,
        witnesses: WitnessPolicy = .none
    ) throws {
        self.log = log
        self.lastSigned = lastSigned
        self.signers = signers
        self.witnesses = witnesses
        signed = try lastSigned.read()
        let octets = try DurableFile.read(
            log.checkpointFile, octetsMax: SignedNote.octetsMax)
        published = try octets.map {
            try SignedCheckpoint(octets: $0, key: signers.pinned.verifier)
        }
        tilesSize = published?.checkpoint.size ?? 0
        noteWitnessed()
    }

    /// What was last put to the key, and what was published; either may be ahead of nothing.
    package var vouched: [Checkpoint] { [signed, published?.checkpoint].compactMap { $0 } }

    /// Writes anew what is wrong with the published tiles, as ``LogFolder`` does.
    ///
    /// - Throws: The system's error and what `entries` throws.
    func mend(_ tree: MerkleTree, entries: (Range<Int>) throws -> [[UInt8]]) throws {
        guard let size = published?.checkpoint.size, size <= tree.size else { return }
        try log.mend(upTo: size, tree: tree, entries: entries)
    }

    /// Signs a tree, and publishes it unless it has to wait for witnesses.
    ///
    /// - Parameters:
    ///   - keys: Who signs, the log's own.
    ///   - entries: The octets of the entries of a range of indices.
    /// - Returns: Whether the published checkpoint is another one now.
    /// - Throws: The system's error, ``CouncilFault`` and what `entries` throws. Nothing
    ///   inconsistent is public then; the same call may be made again after a restart.
    @discardableResult
    mutating func publish(
        _ tree: MerkleTree, by keys: [SignerKey], entries: (Range<Int>) throws -> [[UInt8]]
    ) throws -> Bool {
        if let published, published.checkpoint.size >= tree.size {
            newest = published
            return false
        }
        if let newest, newest.checkpoint.size >= tree.size { return false }
        try log.writeTiles(from: tilesSize, tree: tree, entries: entries)
        tilesSize = tree.size
        let origin = keys.first?.verifier.name ?? ""
        let next = Checkpoint(origin: origin, size: tree.size, root: tree.root)
        if next != signed {
            try lastSigned.swap(from: signed, to: next)
            signed = next
        }
        let checkpoint = try next.signed(by: keys)
        newest = checkpoint
        guard witnesses.isEmpty else { return false }
        try release(checkpoint)
        return true
    }

    /// Publishes a checkpoint that was signed, with the cosignatures that it has now.
    ///
    /// - Throws: The system's error.
    mutating func release(_ checkpoint: SignedCheckpoint) throws {
        guard checkpoint.checkpoint.size >= published?.checkpoint.size ?? 0 else { return }
        try DurableFile.write(checkpoint.note.octets, to: log.checkpointFile)
        published = checkpoint
        if newest?.checkpoint == checkpoint.checkpoint { newest = checkpoint }
        noteWitnessed()
    }

    private mutating func noteWitnessed() {
        guard !witnesses.isEmpty, let published,
            let cosignatures = try? witnesses.cosignatures(of: published),
            witnesses.isMet(by: cosignatures)
        else { return }
        witnessed = published
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
