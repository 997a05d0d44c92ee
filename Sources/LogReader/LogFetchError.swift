package import TransparencyLog

/// Why a reader does not follow a log any further.
package enum LogFetchError: Error, Equatable, Sendable {
    /// The source could not hand out a file: try again later.
    case source(LogSourceError)
    /// A file that the checkpoint asks for is not there, nor the full tile in its place.
    case missing(Tile)
    /// What the source calls a checkpoint is none of this log.
    case checkpoint(CheckpointError)
    /// A file of the log is malformed.
    case tile(TileError)
    /// The source offers an earlier state of the log than the reader accepted.
    case rollback(accepted: SignedCheckpoint, offered: SignedCheckpoint)
    /// The log signed two histories: both checkpoints are the proof.
    case fork(accepted: SignedCheckpoint, offered: SignedCheckpoint)
    /// The tiles at the log's right edge lead to another root than the checkpoint's.
    case wrongRoot(computed: Digest, checkpoint: SignedCheckpoint)
    /// A full tile's hashes do not lead to their hash in the tile above it.
    case wrongTile(Tile)
    /// An entry's octets do not hash to its leaf in the tile.
    case wrongEntry(index: Int, tile: Tile)
    /// Fewer witnesses cosigned the checkpoint than the community card asks for.
    case tooFewWitnesses(size: Int, cosigned: [String], threshold: Int)
    /// The reader already has more entries than the checkpoint names.
    case startsBeyondEnd(start: Int, size: Int)

    /// Whether the log itself, and not this copy of it, is at fault for certain.
    package var provesMisconduct: Bool {
        if case .fork = self { true } else { false }
    }
}

extension LogFetchError: CustomStringConvertible {
    /// What is wrong, in words, with entry or file.
    package var description: String {
        switch self {
        case .source(let error): error.description
        case .missing(let tile): "the log's files lack \(tile.path)"
        case .checkpoint(let error): "the checkpoint is refused: \(error)"
        case .tile(let error): error.description
        case .rollback(let accepted, let offered):
            "an earlier checkpoint than the accepted one: size \(offered.checkpoint.size) "
                + "after \(accepted.checkpoint.size)"
        case .fork(let accepted, let offered):
            "two signed checkpoints contradict each other: size \(accepted.checkpoint.size) root "
                + "\(accepted.checkpoint.root), size \(offered.checkpoint.size) root "
                + "\(offered.checkpoint.root)"
        case .wrongRoot(let computed, let checkpoint):
            "the tiles lead to root \(computed), the checkpoint of size "
                + "\(checkpoint.checkpoint.size) names \(checkpoint.checkpoint.root)"
        case .wrongTile(let tile): "\(tile.path): its hashes do not lead to the checkpoint's root"
        case .wrongEntry(let index, let tile):
            "entry \(index): octets do not hash to its leaf in \(tile.path)"
        case .tooFewWitnesses(let size, let cosigned, let threshold):
            "the checkpoint of \(size) entries is cosigned by \(cosigned.count) of the "
                + "\(threshold) witnesses that the community card asks for"
                + (cosigned.isEmpty ? "" : ": \(cosigned.joined(separator: ", "))")
        case .startsBeyondEnd(let start, let size):
            "the reader has \(start) entries, the checkpoint \(size)"
        }
    }
}
