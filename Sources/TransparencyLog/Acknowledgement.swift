/// The log's promise that a statement will be in a checkpoint within 60 seconds.
///
/// A signed note by the log's key, so that whoever was promised can show it. The receipt
/// (``LogProof``) replaces it later.
package struct Acknowledgement: Hashable, Sendable {
    /// The first line of the text: no checkpoint begins with it.
    package static let header = "commonway-ack/v1"

    /// How long after its time the statement must be in a checkpoint, milliseconds.
    package static let promisedWithinMs: Int64 = 60_000

    /// The log's name.
    package let origin: String
    /// The statement hash: SHA-256 of the canonical octets that the member signed.
    package let statement: Digest
    /// When it was promised, milliseconds since 1970.
    package let time: Int

    /// Names what is promised.
    package init(origin: String, statement: Digest, time: Int) {
        self.origin = origin
        self.statement = statement
        self.time = time
    }

    /// The text that is signed.
    package var text: String {
        "\(Acknowledgement.header)\n\(origin)\n\(statement.base64)\n\(time)\n"
    }

    /// Signs the promise.
    ///
    /// - Throws: ``CheckpointError/wrongOrigin(expected:actual:)`` when the key is another log's,
    ///   or ``CheckpointError/note(_:)``.
    package func signed(by keys: SignerKey...) throws(CheckpointError) -> SignedNote {
        try signed(by: keys)
    }

    /// Signs the promise with several keys of the log, one of which took another's place.
    ///
    /// - Throws: As ``signed(by:)-(SignerKey...)``.
    package func signed(by keys: [SignerKey]) throws(CheckpointError) -> SignedNote {
        for key in keys { try check(origin: key.verifier.name) }
        do throws(NoteError) {
            return try SignedNote(text: text, signers: keys)
        } catch {
            throw .note(error)
        }
    }

    /// Reads a promise and checks the log's signature.
    ///
    /// - Throws: ``CheckpointError``.
    package init(octets: [UInt8], key: VerifierKey) throws(CheckpointError) {
        let note: SignedNote
        do throws(NoteError) {
            note = try SignedNote(octets: octets)
            try note.verify(with: [key])
        } catch {
            throw .note(error)
        }
        let lines = note.text.utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines[0].elementsEqual(Acknowledgement.header.utf8) else {
            throw .malformed(line: 0)
        }
        guard lines.count == 5, lines[4].isEmpty else { throw .malformed(line: lines.count - 1) }
        guard let statement = Digest(base64: lines[2]) else { throw .malformed(line: 2) }
        guard let time = Decimal.parse(lines[3]) else { throw .malformed(line: 3) }
        self.init(
            origin: String(decoding: lines[1], as: UTF8.self), statement: statement, time: time)
        try check(origin: key.name)
    }

    private func check(origin expected: String) throws(CheckpointError) {
        guard origin.utf8.elementsEqual(expected.utf8) else {
            throw .wrongOrigin(expected: expected, actual: origin)
        }
    }
}
