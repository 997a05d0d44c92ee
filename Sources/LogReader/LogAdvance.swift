package import TransparencyLog

/// The entries between what a reader has and a checkpoint that it may accept, batch by batch.
///
/// Nothing is to be accepted until the last batch was read and reduced.
package struct LogAdvance: Sendable {
    private var tiles: VerifiedTiles
    private let files: LogFiles
    /// The index of the next entry to be read.
    package private(set) var position: Int
    /// Who cosigned the checkpoint, of the witnesses that the reader knows.
    package let cosignatures: [Cosignature]

    init(tiles: VerifiedTiles, files: LogFiles, position: Int, cosignatures: [Cosignature]) {
        self.cosignatures = cosignatures
        self.tiles = tiles
        self.files = files
        self.position = position
    }

    /// The checkpoint that the entries lead to, under the log's signature.
    package var checkpoint: SignedCheckpoint { tiles.checkpoint }

    /// How many entries are left to be read.
    package var remaining: Int { tiles.size - position }

    /// Reads the leaf hashes before the next entry, all proven to be in the tree of ``checkpoint``.
    ///
    /// - Throws: As ``nextBatch()``.
    mutating func leavesBefore() async throws(LogFetchError) -> [Digest] {
        var leaves: [Digest] = []
        leaves.reserveCapacity(position)
        while leaves.count < position {
            let digests = try await tiles.tile(level: 0, index: leaves.count / Tile.fullWidth)
            leaves += digests.prefix(position - leaves.count)
        }
        return leaves
    }

    /// Reads the next entries, all proven to be in the tree of ``checkpoint``.
    ///
    /// - Returns: At most 256 entries, one bundle's; `nil` at the end.
    /// - Throws: ``LogFetchError/wrongEntry(index:tile:)`` naming the first entry that is not its
    ///   leaf; ``LogFetchError/wrongTile(_:)``, ``LogFetchError/missing(_:)``, and faults of the
    ///   source. After an error the advance may be asked again.
    package mutating func nextBatch() async throws(LogFetchError) -> EntryBatch? {
        guard
            let (bundle, offset) = Tile.holding(
                position: position, content: .entries, size: tiles.size)
        else { return nil }
        let leaves = try await tiles.tile(level: 0, index: bundle.index)
        let entries = try await files.entries(of: bundle)
        for place in offset..<bundle.width where Digest.leaf(entries[place]) != leaves[place] {
            guard let tile = Tile.hashes(level: 0, index: bundle.index, width: bundle.width) else {
                preconditionFailure("a bundle's place is a tile's too")
            }
            throw .wrongEntry(index: bundle.index * Tile.fullWidth + place, tile: tile)
        }
        defer { position += bundle.width - offset }
        return EntryBatch(
            first: position, entries: Array(entries[offset...]), leaves: Array(leaves[offset...]))
    }
}

/// Entries that follow each other, proven under a checkpoint.
package struct EntryBatch: Sendable {
    /// The index of the first.
    package let first: Int
    /// Their octets; never empty.
    package let entries: [[UInt8]]
    /// Their leaf hashes, as many.
    package let leaves: [Digest]
}
