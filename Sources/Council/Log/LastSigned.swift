package import Foundation
import LogReader
package import TransparencyLog

/// The size and root last put to the log key, in a file outside the database.
///
/// It is written before the signature is made, by comparing and swapping: a council whose database
/// was set back, or that runs twice, finds that it would sign something else than it said before,
/// and does not. Never two inconsistent signatures is the log key's first duty.
package struct LastSigned: Sendable {
    private let file: URL
    private static let octetsMax = 4096

    /// The file, `DATA/council/last-signed`.
    package init(_ file: URL) { self.file = file }

    /// The checkpoint last put to the key; `nil` when there never was one.
    ///
    /// - Throws: The system's error, or ``CheckpointError`` for a file that is no checkpoint text.
    package func read() throws -> Checkpoint? {
        guard let octets = try DurableFile.read(file, octetsMax: Self.octetsMax) else { return nil }
        return try Checkpoint(text: String(decoding: octets, as: UTF8.self))
    }

    /// Notes what will be signed next.
    ///
    /// - Throws: ``CouncilFault/lastSignedMoved(expected:found:)`` when the file is not what this
    ///   council wrote last; the system's error.
    func swap(from expected: Checkpoint?, to next: Checkpoint) throws {
        let found = try read()
        guard found == expected else {
            throw CouncilFault.lastSignedMoved(
                expected: expected?.size ?? 0, found: found?.size ?? 0)
        }
        try DurableFile.write(Array(next.text.utf8), to: file)
    }

    /// Takes in that the log's key signed a checkpoint of a tree that was verified: what a council
    /// rebuilt from the published log begins with.
    ///
    /// - Parameters:
    ///   - checkpoint: The newest checkpoint published.
    ///   - tree: The tree over its entries.
    /// - Throws: ``CouncilFault/entriesLost(signed:found:)`` when more was signed than was
    ///   published, ``CouncilFault/rootMismatch(size:firstDifferent:)`` when something else was;
    ///   the system's error. The file is then as it was.
    package func catchUp(with checkpoint: Checkpoint, of tree: MerkleTree) throws {
        if let signed = try read() {
            guard signed.size <= checkpoint.size else {
                throw CouncilFault.entriesLost(signed: signed.size, found: checkpoint.size)
            }
            guard try tree.root(atSize: signed.size) == signed.root else {
                throw CouncilFault.rootMismatch(size: signed.size, firstDifferent: nil)
            }
            if signed == checkpoint { return }
        }
        try DurableFile.write(Array(checkpoint.text.utf8), to: file)
    }
}
