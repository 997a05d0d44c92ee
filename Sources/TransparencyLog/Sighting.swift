/// A witness's word that it was handed a statement: whoever hands one in can show from when on the
/// council may have known it.
///
/// A signed note by the witness's key as one of type 1. It says nothing of whether the statement is
/// good, or its signer a member.
package struct Sighting: Hashable, Sendable {
    /// The first line of the text: no cosignature, checkpoint or acknowledgement begins with it.
    package static let header = "commonway-sighting/v1"

    /// The witness's name.
    package let witness: String
    /// The origin of the log that the statement is meant for.
    package let origin: String
    /// The statement hash.
    package let statement: Digest
    /// When it was handed in first, milliseconds since 1970.
    package let time: Int

    /// Names what was seen.
    package init(witness: String, origin: String, statement: Digest, time: Int) {
        self.witness = witness
        self.origin = origin
        self.statement = statement
        self.time = time
    }

    /// The text that is signed.
    package var text: String {
        "\(Sighting.header)\n\(witness)\n\(origin)\n\(statement.base64)\n\(time)\n"
    }

    /// Signs it.
    ///
    /// - Throws: ``NoteError``, also when the key is another witness's.
    package func signed(by signer: WitnessSigner) throws(NoteError) -> SignedNote {
        guard signer.witness.name.utf8.elementsEqual(witness.utf8) else {
            throw .cannotSign(key: signer.witness.name)
        }
        return try signer.sign(note: text)
    }

    /// Reads one and checks the witness's signature.
    ///
    /// - Throws: ``CheckpointError``.
    package init(octets: [UInt8], key: WitnessKey) throws(CheckpointError) {
        let note: SignedNote
        do {
            note = try SignedNote(octets: octets)
            try note.verify(with: [try key.noteKey])
        } catch let error as NoteError {
            throw .note(error)
        } catch {
            throw .note(.noKnownSignature)
        }
        let lines = note.text.utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines[0].elementsEqual(Sighting.header.utf8) else { throw .malformed(line: 0) }
        guard lines.count == 6, lines[5].isEmpty else { throw .malformed(line: lines.count - 1) }
        guard lines[1].elementsEqual(key.name.utf8) else { throw .malformed(line: 1) }
        guard let statement = Digest(base64: lines[3]) else { throw .malformed(line: 3) }
        guard let time = Decimal.parse(lines[4]) else { throw .malformed(line: 4) }
        self.init(
            witness: key.name, origin: String(decoding: lines[2], as: UTF8.self),
            statement: statement, time: time)
    }
}
