/// A checkpoint under the log's signature, with the note as proof of it.
package struct SignedCheckpoint: Hashable, Sendable {
    /// What the log says.
    package let checkpoint: Checkpoint
    /// The note: kept as it came, since two that contradict convict the log.
    package let note: SignedNote

    init(checkpoint: Checkpoint, note: SignedNote) {
        self.checkpoint = checkpoint
        self.note = note
    }

    /// Reads a checkpoint and checks the log's signature.
    ///
    /// - Parameters:
    ///   - octets: The note.
    ///   - key: The log's key; its name must be the checkpoint's origin. Lines by others, such as
    ///     witnesses, are left alone.
    /// - Throws: ``CheckpointError``.
    package init(octets: [UInt8], key: VerifierKey) throws(CheckpointError) {
        let note: SignedNote
        do throws(NoteError) {
            note = try SignedNote(octets: octets)
            try note.verify(with: [key])
        } catch {
            throw .note(error)
        }
        try self.init(checkpoint: Checkpoint(text: note.text), note: note)
        try checkpoint.check(origin: key.name)
    }

    /// Whether a key of the log is among those who signed.
    package func isSigned(by key: VerifierKey) -> Bool {
        do {
            return try note.verify(with: [key]).contains(key)
        } catch {
            return false
        }
    }

    /// The same checkpoint with the lines of witnesses behind the log's own.
    ///
    /// - Parameters:
    ///   - keys: The log's keys: of the lines so far their own are kept, and no others.
    ///   - cosignatures: Lines that were verified; at most ``SignedNote/signaturesMax`` fit a note.
    package func cosigned(
        keeping keys: [VerifierKey], _ cosignatures: [NoteSignature]
    ) -> SignedCheckpoint {
        let own = note.signatures.filter { line in
            keys.contains { $0.id == line.id && $0.name.utf8.elementsEqual(line.name.utf8) }
        }
        return SignedCheckpoint(
            checkpoint: checkpoint,
            note: SignedNote(text: note.text, signatures: own + cosignatures))
    }
}
