package import Foundation
import LogReader
package import TransparencyLog

extension Forge {
    /// The signed checkpoint of the log as it stands.
    ///
    /// - Throws: ``CheckpointError``.
    package func checkpoint() throws -> SignedCheckpoint {
        try Checkpoint(origin: signer.verifier.name, size: tree.size, root: tree.root)
            .signed(by: signer)
    }

    /// Writes tiles, bundles and checkpoint as a council does, all of them or those of a growth.
    ///
    /// - Parameters:
    ///   - folder: Where the log is published; made when it is not there.
    ///   - old: The size whose tiles are there already.
    /// - Throws: The system's error.
    package func publish(to folder: URL, from old: Int = 0) throws {
        for tile in Tile.needed(from: old, to: tree.size) {
            let file = folder.appendingPathComponent(tile.path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(try octets(of: tile)).write(to: file, options: .atomic)
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(try checkpoint().note.octets).write(
            to: folder.appendingPathComponent(Checkpoint.path), options: .atomic)
    }

    private func octets(of tile: Tile) throws -> [UInt8] {
        if case .hashes = tile.content { return try tree.octets(of: tile) }
        let first = tile.index * Tile.fullWidth
        return try EntryBundle.encode(entries[first..<(first + tile.width)])
    }
}
