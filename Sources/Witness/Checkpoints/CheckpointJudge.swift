import TransparencyLog

/// Decides, from values alone, whether a witness may cosign: the checks of C2SP tlog-witness, in
/// its order.
struct CheckpointJudge: Sendable {
    /// The logs that are witnessed.
    let logs: [WitnessedLog]

    /// The log that a request is about.
    ///
    /// - Throws: ``AddCheckpointRefusal/malformed(_:)``,
    ///   ``AddCheckpointRefusal/unknownOrigin(_:)``.
    func log(of request: AddCheckpointRequest) throws(AddCheckpointRefusal) -> WitnessedLog {
        let origin: String
        do {
            origin = try Checkpoint(text: request.note.text).origin
        } catch {
            throw .malformed(.checkpoint(error))
        }
        // Octets decide: String's own equality takes two spellings of a letter for one.
        guard let log = logs.first(where: { $0.origin.utf8.elementsEqual(origin.utf8) }) else {
            throw .unknownOrigin(origin)
        }
        return log
    }

    /// Judges a checkpoint of a log.
    ///
    /// - Parameter known: What was cosigned last; `nil` for nothing yet.
    /// - Returns: What may be cosigned.
    /// - Throws: ``AddCheckpointRefusal``.
    func judge(
        _ request: AddCheckpointRequest, of log: WitnessedLog, after known: Checkpoint?
    ) throws(AddCheckpointRefusal) -> SignedCheckpoint {
        let offered: SignedCheckpoint
        do {
            offered = try SignedCheckpoint(octets: request.note.octets, key: log.key)
        } catch {
            throw .noGoodSignature(error)
        }
        let new = offered.checkpoint
        guard request.old <= new.size else {
            throw .shrinks(old: request.old, size: new.size)
        }
        let size = known?.size ?? 0
        guard request.old == size else { throw .conflict(size: size) }
        if let known, known.size == new.size, known.root != new.root {
            throw .fork(size: new.size)
        }
        do {
            try ConsistencyProof(old: size, new: new.size, path: request.proof)
                .verify(oldRoot: known?.root ?? .emptyTree, newRoot: new.root)
        } catch {
            throw .badProof(error)
        }
        return offered
    }
}
