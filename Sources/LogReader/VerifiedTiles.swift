import TransparencyLog

/// The hashes of a log, read from its tiles and proven under one checkpoint.
///
/// The partial tiles at the right edge must lead to the checkpoint's root; every full tile must
/// lead to its hash in the tile above it, up to that edge. So nothing is handed out that the
/// signature does not cover, and no tile is needed but those on the way.
struct VerifiedTiles: Sendable {
    let checkpoint: SignedCheckpoint
    private let files: LogFiles
    /// The partial tile of each level; empty where a level ends with a full one.
    private var edge: [[Digest]] = []
    /// The full tile of each level that was read last: entries are read in order.
    private var latest: [Int: (index: Int, digests: [Digest])] = [:]

    /// Reads the right edge and compares its root with the checkpoint's.
    ///
    /// - Throws: ``LogFetchError/wrongRoot(computed:checkpoint:)``, or the entry that is wrong when
    ///   its bundle tells; ``LogFetchError/missing(_:)``; faults of the source and its files.
    init(checkpoint: SignedCheckpoint, files: LogFiles) async throws(LogFetchError) {
        self.checkpoint = checkpoint
        self.files = files
        for level in 0...Tile.levelMax {
            let count = size >> (level * Tile.heightPerLevel)
            guard count > 0 else { break }
            let width = count % Tile.fullWidth
            guard
                let tile = Tile.hashes(
                    level: level, index: count / Tile.fullWidth, width: width)
            else {
                edge.append([])
                continue
            }
            edge.append(try await files.digests(of: tile))
        }
        let computed = VerifiedTiles.root(edge: edge)
        guard computed == checkpoint.checkpoint.root else {
            try await blameEntry(inTile: size / Tile.fullWidth, leaves: edge.first ?? [])
            throw .wrongRoot(computed: computed, checkpoint: checkpoint)
        }
    }

    var size: Int { checkpoint.checkpoint.size }

    /// The root of a perfect subtree.
    ///
    /// - Precondition: The subtree is within the checkpoint's size.
    mutating func root(of subtree: Subtree) async throws(LogFetchError) -> Digest {
        let level = subtree.height / Tile.heightPerLevel
        let inner = subtree.height % Tile.heightPerLevel
        let first = subtree.index << inner
        let digests = try await tile(level: level, index: first / Tile.fullWidth)
        let start = first % Tile.fullWidth
        return MerkleTree(leaves: digests[start..<(start + (1 << inner))]).root
    }

    /// The hashes of a tile that the checkpoint's size has, full or at the edge.
    ///
    /// - Throws: ``LogFetchError/wrongTile(_:)``, or the entry that is wrong when its bundle tells.
    mutating func tile(level: Int, index: Int) async throws(LogFetchError) -> [Digest] {
        let count = size >> (level * Tile.heightPerLevel)
        guard index < count / Tile.fullWidth else { return edge[level] }
        if let known = latest[level], known.index == index { return known.digests }
        guard let tile = Tile.hashes(level: level, index: index) else {
            preconditionFailure("an index below the count of tiles is a tile's")
        }
        let above = try await self.tile(level: level + 1, index: index / Tile.fullWidth)
        let digests = try await files.digests(of: tile)
        guard MerkleTree(leaves: digests).root == above[index % Tile.fullWidth] else {
            if level == 0 { try await blameEntry(inTile: index, leaves: digests) }
            throw .wrongTile(tile)
        }
        latest[level] = (index, digests)
        return digests
    }

    /// Names the first entry that is not its leaf in a tile of level 0 that leads nowhere.
    ///
    /// Whoever altered an entry seldom altered the tile to fit, or the other way round; when both
    /// were, only the tile can be named.
    private func blameEntry(inTile index: Int, leaves: [Digest]) async throws(LogFetchError) {
        guard let bundle = Tile.entries(index: index, width: leaves.count),
            let tile = Tile.hashes(level: 0, index: index, width: leaves.count)
        else { return }
        let entries = try await files.entries(of: bundle)
        for (offset, entry) in entries.enumerated() where Digest.leaf(entry) != leaves[offset] {
            throw .wrongEntry(index: index * Tile.fullWidth + offset, tile: tile)
        }
    }

    /// The root of a tree from its partial tiles: each holds the subtrees of eight heights.
    private static func root(edge: [[Digest]]) -> Digest {
        var subtrees: [Digest] = []
        for digests in edge.reversed() {
            for subtree in TreeShape.subtrees(of: 0..<digests.count) {
                let start = subtree.index << subtree.height
                let leaves = digests[start..<(start + (1 << subtree.height))]
                subtrees.append(MerkleTree(leaves: leaves).root)
            }
        }
        return TreeShape.root(of: subtrees)
    }
}
