/// What a log asks of a witness (C2SP tlog-witness, `add-checkpoint`): to cosign a checkpoint that
/// continues one which it knows.
package struct AddCheckpointRequest: Hashable, Sendable {
    /// The most proof lines.
    package static let proofLinesMax = 63
    /// The longest body that is read, in octets: a note, the proof, and the line before it.
    package static let octetsMax = SignedNote.octetsMax + proofLinesMax * 45 + 64
    /// Where it is sent, below the witness's address.
    package static let path = "add-checkpoint"
    /// The media type of an answer that names the size which the witness has.
    package static let sizeType = "text/x.tlog.size"

    /// The size of the checkpoint that the witness cosigned last, as the log believes.
    package let old: Int
    /// The consistency proof from there; empty from 0.
    package let proof: [Digest]
    /// The checkpoint with its signatures, unjudged.
    package let note: SignedNote

    /// Puts a request together.
    ///
    /// - Parameter proof: From the size that the witness has to the checkpoint's.
    package init(proof: ConsistencyProof, checkpoint: SignedCheckpoint) {
        old = proof.old
        self.proof = proof.path
        note = checkpoint.note
    }

    /// Reads a body.
    ///
    /// - Throws: ``AddCheckpointError``; only form is judged.
    package init(octets: [UInt8]) throws(AddCheckpointError) {
        guard octets.count <= AddCheckpointRequest.octetsMax else {
            throw .tooLong(limit: AddCheckpointRequest.octetsMax, actual: octets.count)
        }
        var lines = LineReader(octets)
        guard let first = lines.next(), first.starts(with: "old ".utf8),
            let old = Decimal.parse(first.dropFirst("old ".utf8.count))
        else { throw .malformed(line: 0) }
        self.old = old
        var proof: [Digest] = []
        while true {
            guard let line = lines.next() else { throw .malformed(line: lines.number + 1) }
            if line.isEmpty { break }
            guard proof.count < AddCheckpointRequest.proofLinesMax else {
                throw .tooManyProofLines(limit: AddCheckpointRequest.proofLinesMax)
            }
            guard let digest = Digest(base64: line) else { throw .malformed(line: lines.number) }
            proof.append(digest)
        }
        self.proof = proof
        do throws(NoteError) {
            note = try SignedNote(octets: Array(lines.rest))
        } catch {
            throw .checkpoint(.note(error))
        }
    }

    /// The body.
    package var octets: [UInt8] {
        var text = "old \(old)\n"
        for digest in proof { text += digest.base64 + "\n" }
        return Array((text + "\n").utf8) + note.octets
    }
}

/// Why octets are no request to add a checkpoint.
package enum AddCheckpointError: Error, Equatable, Sendable {
    /// Longer than the limit, both in octets.
    case tooLong(limit: Int, actual: Int)
    /// The line, counted from 0, is not as it must be.
    case malformed(line: Int)
    /// More hashes than a proof has.
    case tooManyProofLines(limit: Int)
    /// What follows the proof is no checkpoint.
    case checkpoint(CheckpointError)
}

extension AddCheckpointError: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .tooLong(let limit, let actual): "a body of \(actual) octets; at most \(limit)"
        case .malformed(let line):
            "line \(line + 1): expected `old <size>`, hashes in base64, an empty line, then the "
                + "checkpoint"
        case .tooManyProofLines(let limit): "more than \(limit) proof lines"
        case .checkpoint(let error): "the checkpoint: \(error)"
        }
    }
}
