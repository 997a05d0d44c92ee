import Crypto

/// The private key of a witness: it cosigns checkpoints.
///
/// Written `PRIVATE+KEY+name+hash+base64` with type 4; the file is for its owner's eyes alone
/// (mode 0600).
package struct WitnessSigner: Sendable {
    private static let prefix = "PRIVATE+KEY+"

    /// The public key.
    package let witness: WitnessKey
    /// The same key as it signs notes of the witness's own (type 1).
    private let notes: SignerKey
    private let key: Curve25519.Signing.PrivateKey

    /// Derives the key from its seed (RFC 8032 §5.1.5).
    ///
    /// - Parameters:
    ///   - name: The witness's name, a URL without scheme.
    ///   - seed: 32 octets that nobody can guess; randomness is the caller's to provide.
    /// - Throws: ``NoteKeyError/wrongLength(octets:)`` or ``NoteKeyError/malformedName``.
    package init(name: String, seed: [UInt8]) throws(NoteKeyError) {
        notes = try SignerKey(name: name, seed: seed)
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw .wrongLength(octets: seed.count)
        }
        self.key = key
        witness = try WitnessKey(name: name, ed25519: Array(key.publicKey.rawRepresentation))
    }

    /// Reads `PRIVATE+KEY+name+hash+base64`, with or without a final newline.
    ///
    /// - Throws: ``NoteKeyError``, among them a hash that is not the key's.
    package init(text: String) throws(NoteKeyError) {
        guard text.utf8.starts(with: WitnessSigner.prefix.utf8) else { throw .notAKey }
        var rest = text.utf8.dropFirst(WitnessSigner.prefix.utf8.count)
        if rest.last == UInt8(ascii: "\n") { rest = rest.dropLast() }
        let parts = try NoteKeyText(
            String(decoding: rest, as: UTF8.self), type: NoteKeyType.cosignature,
            limit: VerifierKey.textOctetsMax)
        try self.init(name: parts.name, seed: parts.key)
        guard witness.id == parts.id else {
            throw .wrongKeyID(computed: witness.id.hex, actual: parts.id.hex)
        }
    }

    /// `PRIVATE+KEY+name+hash+base64`: whoever has it cosigns as the witness.
    package var text: String {
        "\(WitnessSigner.prefix)\(witness.name)+\(witness.id.hex)+"
            + Base64.encode([NoteKeyType.cosignature] + Array(key.rawRepresentation))
    }

    /// Cosigns a checkpoint (C2SP tlog-cosignature, `cosignature/v1`).
    ///
    /// That it continues whatever was cosigned before is the caller's to know, and to have stored.
    ///
    /// - Parameters:
    ///   - checkpoint: What is cosigned: its whole text, extension lines too.
    ///   - time: Seconds since 1970, from 0.
    /// - Throws: ``NoteError/cannotSign(key:)``.
    package func cosign(
        _ checkpoint: SignedCheckpoint, time: Int
    ) throws(NoteError) -> NoteSignature {
        guard time >= 0,
            let octets = try? key.signature(
                for: Cosignature.message(time: time, text: checkpoint.note.text))
        else { throw .cannotSign(key: witness.name) }
        return NoteSignature(
            name: witness.name, id: witness.id,
            octets: Cosignature.octets(of: time) + Array(octets))
    }

    /// Signs a note of the witness's own, with its key as one of type 1. The first line of such a
    /// text must never be that of a cosignature.
    ///
    /// - Throws: ``NoteError``.
    func sign(note text: String) throws(NoteError) -> SignedNote {
        try SignedNote(text: text, signers: [notes])
    }
}
