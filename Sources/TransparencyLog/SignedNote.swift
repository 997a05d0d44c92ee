/// A text and the lines by those who signed it (C2SP signed-note).
///
/// Reading one proves nothing yet: ``verify(with:)`` does.
package struct SignedNote: Hashable, Sendable {
    /// The longest note that is read, in octets: a short text, and lines of post-quantum witnesses
    /// at about 3,300 octets each.
    package static let octetsMax = 262_144
    /// The most signature lines that are read; C2SP asks for at least 16.
    package static let signaturesMax = 64

    /// What is signed; it ends in a newline.
    package let text: String
    /// The signature lines in their order, by known keys and others.
    package let signatures: [NoteSignature]

    private static let newline = UInt8(ascii: "\n")

    /// Signs a text.
    ///
    /// - Throws: ``NoteError/textUnfinished``, ``NoteError/notText`` or
    ///   ``NoteError/cannotSign(key:)``.
    package init(text: String, signers: [SignerKey]) throws(NoteError) {
        let octets = Array(text.utf8)
        try SignedNote.check(text: octets)
        var signatures: [NoteSignature] = []
        for signer in signers { signatures.append(try signer.signature(of: octets)) }
        self.text = text
        self.signatures = signatures
    }

    /// Reads a note: the text, an empty line, the signature lines.
    ///
    /// The last empty line divides, since a text may have some of its own.
    ///
    /// - Throws: ``NoteError`` for what is no note. Lines of unknown keys are read, not judged.
    package init(octets: [UInt8]) throws(NoteError) {
        guard octets.count <= SignedNote.octetsMax else {
            throw .tooLong(limit: SignedNote.octetsMax, actual: octets.count)
        }
        guard !octets.contains(where: SignedNote.isControl),
            let whole = String(validating: octets, as: UTF8.self)
        else { throw .notText }
        guard octets.last == SignedNote.newline,
            let divide = octets.indices.dropLast().last(where: { index in
                octets[index] == SignedNote.newline && octets[index + 1] == SignedNote.newline
            }), divide + 2 < octets.count
        else { throw .noSignatures }
        text = String(decoding: whole.utf8.prefix(divide + 1), as: UTF8.self)
        let lines = octets[(divide + 2)...].dropLast().split(
            separator: SignedNote.newline, maxSplits: SignedNote.signaturesMax,
            omittingEmptySubsequences: false)
        guard lines.count <= SignedNote.signaturesMax else {
            throw .tooManySignatures(limit: SignedNote.signaturesMax)
        }
        var signatures: [NoteSignature] = []
        for (place, line) in lines.enumerated() {
            guard let signature = NoteSignature(line: line) else {
                throw .malformedSignatureLine(place)
            }
            signatures.append(signature)
        }
        self.signatures = signatures
    }

    /// The same text with other signature lines; they are not judged.
    init(text: String, signatures: [NoteSignature]) {
        self.text = text
        self.signatures = signatures
    }

    /// The note, as it was read or as it is published.
    package var octets: [UInt8] {
        Array(text.utf8) + [SignedNote.newline] + signatures.flatMap { Array($0.line.utf8) }
    }

    /// Checks the lines by known keys and leaves the others alone.
    ///
    /// - Returns: The keys that signed, in the order of the lines; never empty.
    /// - Throws: ``NoteError/wrongSignature(key:)`` when a known key's line does not fit, whatever
    ///   other lines say; ``NoteError/noKnownSignature`` when no line is by a known key.
    @discardableResult
    package func verify(with keys: [VerifierKey]) throws(NoteError) -> [VerifierKey] {
        let signed = Array(text.utf8)
        var verified: [VerifierKey] = []
        for signature in signatures {
            // Two keys may share name and ID, four octets being few: either may have signed.
            let known = keys.filter { key in
                key.id == signature.id && key.name.utf8.elementsEqual(signature.name.utf8)
            }
            guard !known.isEmpty else { continue }
            guard let key = known.first(where: { $0.verifies(signature.octets, text: signed) })
            else { throw .wrongSignature(key: signature.name) }
            if !verified.contains(key) { verified.append(key) }
        }
        guard !verified.isEmpty else { throw .noKnownSignature }
        return verified
    }

    private static func check(text: [UInt8]) throws(NoteError) {
        guard text.last == newline else { throw .textUnfinished }
        guard !text.contains(where: isControl) else { throw .notText }
        guard text.count <= octetsMax else { throw .tooLong(limit: octetsMax, actual: text.count) }
    }

    private static func isControl(_ octet: UInt8) -> Bool {
        (octet < 0x20 && octet != newline) || octet == 0x7F
    }
}
