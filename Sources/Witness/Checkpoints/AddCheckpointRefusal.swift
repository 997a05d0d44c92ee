package import TransparencyLog

/// Why a witness does not cosign, by the statuses of C2SP tlog-witness.
package enum AddCheckpointRefusal: Error, Equatable, Sendable {
    /// 400: not a request.
    case malformed(AddCheckpointError)
    /// 404: a log that this witness does not know.
    case unknownOrigin(String)
    /// 403: no good signature by the log's key, or a bad one.
    case noGoodSignature(CheckpointError)
    /// 400: from a larger size than to.
    case shrinks(old: Int, size: Int)
    /// 409: the witness has another size.
    case conflict(size: Int)
    /// 422: the proof does not lead from what was cosigned to what is offered.
    case badProof(ProofError)
    /// 422: another root at the size that was cosigned: the log signed two histories.
    case fork(size: Int)
    /// 500: it could not be stored, so nothing is signed.
    case notStored(String)
}

extension AddCheckpointRefusal: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .malformed(let error): "\(error)"
        case .unknownOrigin(let origin): "the log \(origin) is not witnessed here"
        case .noGoodSignature(let error): "no good signature by the log's key: \(error)"
        case .shrinks(let old, let size): "from \(old) entries to \(size): a log never shrinks"
        case .conflict(let size): "\(size)"
        case .badProof(let error): "the checkpoint does not continue the one cosigned: \(error)"
        case .fork(let size):
            "another root than the one cosigned at \(size) entries: the log signed two histories"
        case .notStored(let why): "the checkpoint could not be stored: \(why)"
        }
    }
}
