import Crypto

/// The private key of a log: it signs checkpoints and acknowledgements.
///
/// Written `PRIVATE+KEY+name+hash+base64`, as Go's `note` package does; the file is for its owner's
/// eyes alone (mode 0600).
package struct SignerKey: Sendable {
    private static let prefix = "PRIVATE+KEY+"

    /// The public key.
    package let verifier: VerifierKey
    private let key: Curve25519.Signing.PrivateKey

    /// Derives the key from its seed (RFC 8032 §5.1.5).
    ///
    /// - Parameters:
    ///   - name: The log's origin.
    ///   - seed: 32 octets that nobody can guess; randomness is the caller's to provide.
    /// - Throws: ``NoteKeyError/wrongLength(octets:)`` or ``NoteKeyError/malformedName``.
    package init(name: String, seed: [UInt8]) throws(NoteKeyError) {
        guard seed.count == VerifierKey.keyOctets,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        else { throw .wrongLength(octets: seed.count) }
        self.key = key
        verifier = try VerifierKey(name: name, ed25519: Array(key.publicKey.rawRepresentation))
    }

    /// Reads `PRIVATE+KEY+name+hash+base64`, with or without a final newline.
    ///
    /// - Throws: ``NoteKeyError``, among them a hash that is not the key's.
    package init(text: String) throws(NoteKeyError) {
        guard text.utf8.starts(with: SignerKey.prefix.utf8) else { throw .notAKey }
        var rest = text.utf8.dropFirst(SignerKey.prefix.utf8.count)
        if rest.last == UInt8(ascii: "\n") { rest = rest.dropLast() }
        let parts = try NoteKeyText(
            String(decoding: rest, as: UTF8.self), limit: VerifierKey.textOctetsMax)
        try self.init(name: parts.name, seed: parts.key)
        guard verifier.id == parts.id else {
            throw .wrongKeyID(computed: verifier.id.hex, actual: parts.id.hex)
        }
    }

    /// `PRIVATE+KEY+name+hash+base64`: whoever has it signs as the log.
    package var text: String {
        "\(SignerKey.prefix)\(verifier.name)+\(verifier.id.hex)+"
            + Base64.encode([NoteKeyType.ed25519] + Array(key.rawRepresentation))
    }

    /// The signature of a text that is no note, in base64.
    ///
    /// - Throws: ``NoteError/cannotSign(key:)``.
    package func signature(of text: String) throws(NoteError) -> String {
        Base64.encode(try signature(of: Array(text.utf8)).octets)
    }

    /// The signature line for a note's text.
    func signature(of text: [UInt8]) throws(NoteError) -> NoteSignature {
        guard let octets = try? key.signature(for: text) else {
            throw .cannotSign(key: verifier.name)
        }
        return NoteSignature(name: verifier.name, id: verifier.id, octets: Array(octets))
    }
}
