/// A signature line of a note: `— name base64(key ID‖signature)`.
package struct NoteSignature: Hashable, Sendable {
    /// The name of the key that it says has signed.
    package let name: String
    /// The ID of that key.
    package let id: NoteKeyID
    /// The signature, 64 octets for Ed25519; not empty.
    package let octets: [UInt8]

    /// U+2014, and a space.
    private static let dash = Array("\u{2014} ".utf8)

    init(name: String, id: NoteKeyID, octets: [UInt8]) {
        self.name = name
        self.id = id
        self.octets = octets
    }

    /// Reads a line without its newline; `nil` when it is not of this form.
    init?(line: some Collection<UInt8>) {
        let line = Array(line)
        guard line.starts(with: NoteSignature.dash) else { return nil }
        let fields = line.dropFirst(NoteSignature.dash.count).split(
            separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard fields.count == 2, let octets = Base64.decode(fields[1]),
            octets.count > NoteKeyID.octetCount
        else { return nil }
        name = String(decoding: fields[0], as: UTF8.self)
        guard NoteKeyName.isValid(name) else { return nil }
        id = NoteKeyID(octets: octets.prefix(NoteKeyID.octetCount))
        self.octets = Array(octets.dropFirst(NoteKeyID.octetCount))
    }

    /// Reads signature lines that follow each other, as a witness answers with them.
    ///
    /// - Parameter octets: One to ``SignedNote/signaturesMax`` lines, each with its newline.
    /// - Throws: ``NoteError`` when they are not.
    package static func lines(_ octets: [UInt8]) throws(NoteError) -> [NoteSignature] {
        var reader = LineReader(octets)
        var signatures: [NoteSignature] = []
        while let line = reader.next() {
            guard signatures.count < SignedNote.signaturesMax else {
                throw .tooManySignatures(limit: SignedNote.signaturesMax)
            }
            guard let signature = NoteSignature(line: line) else {
                throw .malformedSignatureLine(reader.number)
            }
            signatures.append(signature)
        }
        guard reader.rest.isEmpty, !signatures.isEmpty else { throw .noSignatures }
        return signatures
    }

    /// The line, with its newline.
    package var line: String { "\u{2014} \(name) " + Base64.encode(id.octets + octets) + "\n" }
}
