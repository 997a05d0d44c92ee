import TransparencyLog

/// The newest checkpoint of a log that a witness cosigned, with the log's line and its own.
struct CosignedHead: Hashable, Sendable {
    /// Under the log's signature when the log is still one that is witnessed.
    let checkpoint: Checkpoint
    /// The note: the log's line, then the witness's.
    let note: SignedNote
    /// When it was cosigned, seconds since 1970.
    let time: Int

    /// Cosigns a checkpoint that was judged.
    ///
    /// - Parameter time: Seconds since 1970.
    /// - Throws: ``NoteError/cannotSign(key:)``.
    init(
        cosigning checkpoint: SignedCheckpoint, of log: WitnessedLog, by signer: WitnessSigner,
        time: Int
    ) throws(NoteError) {
        let line = try signer.cosign(checkpoint, time: time)
        self.checkpoint = checkpoint.checkpoint
        note = checkpoint.cosigned(keeping: [log.key], [line]).note
        self.time = time
    }

    /// Reads what was stored: the witness's own line must fit, so that an edited file is found.
    ///
    /// - Returns: `nil` when it is not this witness's.
    init?(stored octets: [UInt8], by key: WitnessKey) {
        guard let note = try? SignedNote(octets: octets),
            let cosignature = (try? note.cosignatures(by: [key]))?.first,
            let checkpoint = try? Checkpoint(text: note.text)
        else { return nil }
        self.checkpoint = checkpoint
        self.note = note
        time = cosignature.time
    }
}
