import Ed25519

/// The public key of a witness (C2SP tlog-cosignature, type 4): what its cosignatures are verified
/// with.
///
/// Written `name+hash+base64` like a log's, and of another type, so that neither can be taken for
/// the other.
package struct WitnessKey: Hashable, Sendable {
    /// The witness's name, a URL without scheme.
    package let name: String
    /// The Ed25519 public key, 32 octets. What it signs does not name the witness, so two witnesses
    /// must not share one.
    package let octets: [UInt8]
    /// What signature lines name the key by.
    package let id: NoteKeyID

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
        id = NoteKeyID(name: name, type: NoteKeyType.cosignature, key: octets)
    }

    /// Reads `name+hash+base64`.
    ///
    /// - Throws: ``NoteKeyError``.
    package init(text: String) throws(NoteKeyError) {
        let parts = try NoteKeyText(
            text, type: NoteKeyType.cosignature, limit: VerifierKey.textOctetsMax)
        try self.init(name: parts.name, ed25519: parts.key)
        guard id == parts.id else {
            throw .wrongKeyID(computed: id.hex, actual: parts.id.hex)
        }
    }

    /// `name+hash+base64`.
    package var text: String {
        "\(name)+\(id.hex)+" + Base64.encode([NoteKeyType.cosignature] + octets)
    }

    /// The same key as one that signs notes (type 1): a witness signs its sightings with it.
    package var noteKey: VerifierKey {
        get throws(NoteKeyError) { try VerifierKey(name: name, ed25519: octets) }
    }

    /// Whether a signature line says that it is by this key.
    package func isNamed(by signature: NoteSignature) -> Bool {
        signature.id == id && signature.name.utf8.elementsEqual(name.utf8)
    }

    func verifies(_ signature: some Collection<UInt8>, message: [UInt8]) -> Bool {
        Ed25519.verifies(Array(signature), of: message, by: octets)
    }

    /// Names may look equal to String and differ in octets.
    package static func == (left: WitnessKey, right: WitnessKey) -> Bool {
        left.octets == right.octets && left.name.utf8.elementsEqual(right.name.utf8)
    }
}
