package import TransparencyLog

/// Reads every file of a log under one checkpoint, and says which are not what the checkpoint
/// covers, and where.
///
/// A reader stops at the first thing that is wrong; whoever must mend or accuse wants all of it.
/// Entries and leaf hashes say the same twice, so whichever leads to the signed root is right, and
/// the other is known octet by octet.
package struct LogInspection: Sendable {
    /// The checkpoint, under the log's signature.
    package let checkpoint: SignedCheckpoint
    /// What is wrong, in the order of the files.
    package private(set) var flaws: [LogFlaw] = []
    /// The tree that the checkpoint names; `nil` when the files do not give it any more.
    package private(set) var tree: MerkleTree?

    private let source: any LogSource
    private var size: Int { checkpoint.checkpoint.size }

    /// How many places are tried both ways when entries and hashes disagree: 2^6 trees.
    private static let ambiguousMax = 6

    /// Reads a log's files.
    ///
    /// - Throws: ``LogSourceError`` when the source is away; a file that is wrong is a flaw.
    /// - Complexity: all files once, and O(n) hashes, at most 64 times.
    package init(
        of source: any LogSource, under checkpoint: SignedCheckpoint
    ) async throws(LogSourceError) {
        self.source = source
        self.checkpoint = checkpoint
        var fromEntries: [Digest?] = []
        var fromHashes: [Digest?] = []
        for tile in Tile.needed(from: 0, to: size) where tile.content == .entries {
            fromEntries += try await leaves(ofBundle: tile)
            if let hashes = Tile.hashes(level: 0, index: tile.index, width: tile.width) {
                fromHashes += try await digests(of: hashes)
            }
        }
        let leaves = rightLeaves(fromEntries, fromHashes)
        guard let leaves else {
            blame(fromEntries, fromHashes)
            return
        }
        let tree = MerkleTree(leaves: leaves)
        self.tree = tree
        for (index, leaf) in fromEntries.enumerated() where leaf != nil && leaf != leaves[index] {
            flaws.append(
                LogFlaw(bundle(of: index).path, .alteredEntry, entries: index..<(index + 1)))
        }
        for tile in Tile.needed(from: 0, to: size) where tile.content != .entries {
            try await compare(tile, with: tree)
        }
    }

    /// Compares the file of a tile that the checkpoint's own reading does not need, such as a
    /// partial one of an earlier size.
    ///
    /// - Returns: Whether the checkpoint covers that tile at all.
    package mutating func inspect(_ tile: Tile, octets: [UInt8]) -> Bool {
        let height = if case .hashes(let level) = tile.content { level * 8 } else { 0 }
        guard let tree, tile.index * Tile.fullWidth + tile.width <= size >> height else {
            return false
        }
        do throws(TileError) {
            if tile.content == .entries {
                let first = tile.index * Tile.fullWidth
                for (place, entry) in try EntryBundle.decode(octets, of: tile).enumerated()
                where Digest.leaf(entry) != leaf(tree, first + place) {
                    let entries = (first + place)..<(first + place + 1)
                    flaws.append(LogFlaw(tile.path, .alteredEntry, entries: entries))
                }
            } else {
                note(try tile.digests(in: octets), of: tile, tree)
            }
        } catch {
            flaws.append(LogFlaw(tile.path, .malformed(error)))
        }
        return true
    }

    private mutating func leaves(ofBundle tile: Tile) async throws(LogSourceError) -> [Digest?] {
        let none = [Digest?](repeating: nil, count: tile.width)
        guard let (found, octets) = try await read(tile) else { return none }
        do throws(TileError) {
            return try EntryBundle.decode(octets, of: found).prefix(tile.width)
                .map { Digest.leaf($0) }
        } catch {
            flaws.append(LogFlaw(found.path, .malformed(error)))
            return none
        }
    }

    private mutating func digests(of tile: Tile) async throws(LogSourceError) -> [Digest?] {
        let none = [Digest?](repeating: nil, count: tile.width)
        guard let (found, octets) = try await fetch(tile),
            let digests = try? found.digests(in: octets)
        else { return none }
        return Array(digests.prefix(tile.width))
    }

    private mutating func compare(_ tile: Tile, with tree: MerkleTree) async throws(LogSourceError)
    {
        guard let (found, octets) = try await read(tile) else { return }
        do throws(TileError) {
            note(Array(try found.digests(in: octets).prefix(tile.width)), of: tile, tree)
        } catch {
            flaws.append(LogFlaw(found.path, .malformed(error)))
        }
    }

    private mutating func note(_ digests: [Digest], of tile: Tile, _ tree: MerkleTree) {
        guard case .hashes(let level) = tile.content,
            let right = try? tile.digests(in: tree.octets(of: tile))
        else { return }
        let span = 1 << (level * Tile.heightPerLevel)
        for (place, digest) in digests.enumerated() where digest != right[place] {
            let first = (tile.index * Tile.fullWidth + place) * span
            flaws.append(
                LogFlaw(tile.path, .alteredHash(place), entries: first..<(first + span)))
        }
    }

    /// Reads a tile and notes when it is not there.
    private mutating func read(_ tile: Tile) async throws(LogSourceError) -> (Tile, [UInt8])? {
        if let found = try await fetch(tile) { return found }
        if !flaws.contains(where: { $0.path == tile.path }) {
            flaws.append(LogFlaw(tile.path, .missing, entries: covered(by: tile)))
        }
        return nil
    }

    /// Reads a tile, or the full one in its place.
    private mutating func fetch(_ tile: Tile) async throws(LogSourceError) -> (Tile, [UInt8])? {
        for candidate in tile.isFull ? [tile] : [tile, tile.full] {
            do throws(LogSourceError) {
                if let octets = try await source.octets(of: candidate) {
                    return (candidate, octets)
                }
            } catch .unreachable(let source, let reason) {
                throw .unreachable(source: source, reason: reason)
            } catch {
                let flaw = LogFlaw(candidate.path, .unreadable(error))
                if !flaws.contains(flaw) { flaws.append(flaw) }
                return nil
            }
        }
        return nil
    }

    /// The leaf hashes under the signed root, from entries and tiles that may both be wrong in
    /// places; `nil` when no choice between them gives it.
    private func rightLeaves(_ entries: [Digest?], _ hashes: [Digest?]) -> [Digest]? {
        var leaves: [Digest] = []
        var ambiguous: [Int] = []
        for (index, pair) in zip(entries, hashes).enumerated() {
            guard let leaf = pair.0 ?? pair.1 else { return nil }
            if let other = pair.1, other != leaf { ambiguous.append(index) }
            leaves.append(leaf)
        }
        if isRight(leaves) { return leaves }
        let all = zip(entries, hashes).compactMap { $1 ?? $0 }
        if isRight(all) { return all }
        guard ambiguous.count <= Self.ambiguousMax else { return nil }
        for choice in 0..<(1 << ambiguous.count) {
            var mixed = leaves
            for (place, index) in ambiguous.enumerated() where choice >> place & 1 == 1 {
                mixed[index] = all[index]
            }
            if isRight(mixed) { return mixed }
        }
        return nil
    }

    private func isRight(_ leaves: [Digest]) -> Bool {
        leaves.count == size && MerkleTree(leaves: leaves).root == checkpoint.checkpoint.root
    }

    /// Where entries and hashes disagree one of the two is wrong; where they agree both may be.
    private mutating func blame(_ entries: [Digest?], _ hashes: [Digest?]) {
        for (index, pair) in zip(entries, hashes).enumerated() {
            guard let leaf = pair.0, let other = pair.1, leaf != other else { continue }
            flaws.append(
                LogFlaw(bundle(of: index).path, .alteredEntry, entries: index..<(index + 1)))
        }
        guard flaws.isEmpty else { return }
        flaws.append(LogFlaw(Checkpoint.path, .otherRoot, entries: 0..<size))
    }

    private func bundle(of index: Int) -> Tile {
        guard let (tile, _) = Tile.holding(position: index, content: .entries, size: size) else {
            preconditionFailure("an index below the size is in a bundle")
        }
        return tile
    }

    private func leaf(_ tree: MerkleTree, _ index: Int) -> Digest? { try? tree.leaf(at: index) }

    private func covered(by tile: Tile) -> Range<Int> {
        let level = if case .hashes(let level) = tile.content { level } else { 0 }
        let span = 1 << (level * Tile.heightPerLevel)
        let first = tile.index * Tile.fullWidth * span
        return first..<(first + tile.width * span)
    }
}
