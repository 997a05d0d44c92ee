import Foundation
import LogReader
package import TransparencyLog

extension LogFolder {
    /// Writes a whole log anew: every tile, then the checkpoint.
    ///
    /// - Parameters:
    ///   - tree: The tree over the journal.
    ///   - checkpoint: The checkpoint of that tree.
    /// - Throws: The system's error, ``TreeError``, ``TileError``, ``JournalError``.
    package func fill(
        _ tree: MerkleTree, _ checkpoint: SignedCheckpoint, from journal: any Journal
    ) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try writeTiles(from: 0, tree: tree) { range in
            try JournalReading.octets(of: range, in: journal)
        }
        try DurableFile.write(checkpoint.note.octets, to: checkpointFile)
    }
}
