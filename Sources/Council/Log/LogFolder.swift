package import Foundation
import LogReader
import TransparencyLog

/// The published log: a folder of C2SP tiles and a checkpoint, which any static server may serve.
///
/// A tile is written before the checkpoint that needs it is signed, so whoever sees a checkpoint
/// finds everything that it covers.
package struct LogFolder: Sendable {
    /// The folder, `DATA/log`.
    package let folder: URL

    /// A folder that may not exist yet.
    package init(_ folder: URL) { self.folder = folder }

    /// The published checkpoint's file.
    package var checkpointFile: URL { folder.appendingPathComponent(Checkpoint.path) }

    /// Writes the tiles and bundles that a growth needs.
    ///
    /// - Parameters:
    ///   - old: The size whose tiles are written already.
    ///   - tree: A tree of the new size.
    ///   - entries: The octets of the entries of a range of indices.
    /// - Throws: The system's error, ``TreeError``, ``TileError`` and what `entries` throws.
    func writeTiles(
        from old: Int, tree: MerkleTree, entries: (Range<Int>) throws -> [[UInt8]]
    ) throws {
        var folders: Set<URL> = []
        for tile in Tile.needed(from: old, to: tree.size) {
            let file = folder.appendingPathComponent(tile.path)
            let parent = file.deletingLastPathComponent()
            if !FileManager.default.fileExists(atPath: parent.path) {
                try FileManager.default.createDirectory(
                    at: parent, withIntermediateDirectories: true)
                noteAncestors(of: parent, in: &folders)
            }
            try Data(try octets(of: tile, tree, entries)).write(to: file, options: .atomic)
            folders.insert(parent)
        }
        for folder in folders { try DurableFile.syncFolder(folder) }
        for tile in Tile.needed(from: old, to: tree.size) where tile.isFull {
            dropPartials(of: tile)
        }
    }

    /// Writes anew every tile and bundle of a size that is not as the tree and the entries give it.
    ///
    /// Tiles are derived; whoever altered or lost one would otherwise be served it for ever.
    ///
    /// - Parameters:
    ///   - size: The published size.
    ///   - tree: The tree over the verified entries, of that size or more.
    ///   - entries: As for ``writeTiles(from:tree:entries:)``.
    /// - Throws: As ``writeTiles(from:tree:entries:)``.
    func mend(
        upTo size: Int, tree: MerkleTree, entries: (Range<Int>) throws -> [[UInt8]]
    ) throws {
        for tile in Tile.needed(from: 0, to: size) {
            let file = folder.appendingPathComponent(tile.path)
            let octets = try octets(of: tile, tree, entries)
            if let found = try? Data(contentsOf: file), found.elementsEqual(octets) { continue }
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try DurableFile.write(octets, to: file)
        }
    }

    private func octets(
        of tile: Tile, _ tree: MerkleTree, _ entries: (Range<Int>) throws -> [[UInt8]]
    ) throws -> [UInt8] {
        if case .hashes = tile.content { return try tree.octets(of: tile) }
        let first = tile.index * Tile.fullWidth
        return try EntryBundle.encode(try entries(first..<(first + tile.width)))
    }

    /// A new folder's name is durable only once every folder above it, up to ours, was synced.
    private func noteAncestors(of parent: URL, in folders: inout Set<URL>) {
        var ancestor = parent.deletingLastPathComponent()
        while ancestor.path.hasPrefix(folder.path) {
            folders.insert(ancestor)
            ancestor = ancestor.deletingLastPathComponent()
        }
    }

    /// Once a tile is full its partial forms are of no more use; a reader that looks for one of
    /// them in this moment finds the full one instead (C2SP tlog-tiles).
    private func dropPartials(of tile: Tile) {
        let partials = folder.appendingPathComponent(tile.path + ".p")
        // What cannot be removed does no harm: it holds what the full tile holds.
        try? FileManager.default.removeItem(at: partials)
    }
}
