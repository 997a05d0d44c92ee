import Ed25519

/// The public key of a log (C2SP signed-note, type 1): what its checkpoints are verified with.
///
/// Written `name+hash+base64`, as the community card carries it and Go's `note` package reads it.
package struct VerifierKey: Hashable, Sendable {
    /// The longest key text that is read, in octets; names are origins, about as long as host
    /// names.
    package static let textOctetsMax = 1_024

    /// The log's name: its origin, a URL without scheme.
    package let name: String
    /// The Ed25519 public key, 32 octets.
    package let octets: [UInt8]
    /// What signature lines name the key by.
    package let id: NoteKeyID
    /// `name+hash+base64`.
    package let text: String

    static let keyOctets = 32

    /// Takes a name and an Ed25519 public key.
    ///
    /// - Throws: ``NoteKeyError/malformedName`` or ``NoteKeyError/wrongLength(octets:)``.
    package init(name: String, ed25519 octets: [UInt8]) throws(NoteKeyError) {
        guard NoteKeyName.isValid(name) else { throw .malformedName }
        guard octets.count == VerifierKey.keyOctets else {
            throw .wrongLength(octets: octets.count)
        }
        self.name = name
        self.octets = octets
        id = NoteKeyID(name: name, type: NoteKeyType.ed25519, key: octets)
        text = "\(name)+\(id.hex)+" + Base64.encode([NoteKeyType.ed25519] + octets)
    }

    /// Reads `name+hash+base64`.
    ///
    /// - Throws: ``NoteKeyError``, among them a hash that is not the key's.
    package init(text: String) throws(NoteKeyError) {
        let parts = try NoteKeyText(text, limit: VerifierKey.textOctetsMax)
        try self.init(name: parts.name, ed25519: parts.key)
        guard id == parts.id else {
            throw .wrongKeyID(computed: id.hex, actual: parts.id.hex)
        }
    }

    /// Whether `signature` is this key's of a note's text.
    func verifies(_ signature: [UInt8], text: [UInt8]) -> Bool {
        Ed25519.verifies(signature, of: text, by: octets)
    }

    /// Whether a signature in base64 is this key's of a text; `false` also for what is none.
    package func verifies(base64 signature: String, text: String) -> Bool {
        guard let octets = Base64.decode(Array(signature.utf8)[...]) else { return false }
        return verifies(octets, text: Array(text.utf8))
    }

    /// Whether that is this key's text, octet by octet.
    package func isWritten(_ text: String) -> Bool { text.utf8.elementsEqual(self.text.utf8) }

    /// Names may look equal to String and differ in octets.
    package static func == (left: VerifierKey, right: VerifierKey) -> Bool {
        left.octets == right.octets && left.name.utf8.elementsEqual(right.name.utf8)
    }
}

/// The fields of a key's text, public or private.
struct NoteKeyText {
    let name: String
    let id: NoteKeyID
    /// What follows the type, 32 octets for Ed25519.
    let key: [UInt8]

    init(
        _ text: String, type expected: UInt8 = NoteKeyType.ed25519, limit: Int
    ) throws(NoteKeyError) {
        let count = text.utf8.count
        guard count <= limit else { throw .tooLong(limit: limit, actual: count) }
        // Only the first two: base64 has the sign too.
        let fields = Array(text.utf8).split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3 else { throw .notAKey }
        name = String(decoding: fields[0], as: UTF8.self)
        guard NoteKeyName.isValid(name) else { throw .malformedName }
        guard let id = NoteKeyID(hex: fields[1]) else { throw .malformedKeyID }
        self.id = id
        guard let octets = Base64.decode(fields[2]) else { throw .notBase64 }
        guard let type = octets.first else { throw .wrongLength(octets: 0) }
        guard type == expected else {
            throw .unsupportedType(type, expected: expected)
        }
        key = Array(octets.dropFirst())
    }
}
