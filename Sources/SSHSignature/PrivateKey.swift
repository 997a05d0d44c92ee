import Crypto

/// A member's Ed25519 private key.
///
/// Only unencrypted keys become one; an encrypted file or a key in an agent signs through
/// `ssh-keygen -Y sign`, whose output ``SSHSignatureBlob`` reads.
package struct PrivateKey: Sendable {
    /// The octets in a seed (RFC 8032 §5.1.5).
    package static let seedOctets = 32

    /// The key that verifies what this one signs.
    package let publicKey: PublicKey
    private let key: Curve25519.Signing.PrivateKey

    /// Derives the key from its seed.
    ///
    /// - Parameter seed: 32 octets that nobody can guess; randomness is the caller's to provide.
    /// - Throws: ``KeyError/wrongLength(octets:)``.
    package init(seed: some Collection<UInt8>) throws(KeyError) {
        guard seed.count == PrivateKey.seedOctets,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Array(seed))
        else { throw .wrongLength(octets: seed.count) }
        self.key = key
        publicKey = try PublicKey(octets: Array(key.publicKey.rawRepresentation))
    }

    /// The seed, 32 octets: whoever has it signs as the member.
    var seed: [UInt8] { Array(key.rawRepresentation) }

    /// Signs octets for one kind of statement.
    ///
    /// Deterministic (RFC 8032 §5.1.6): the same key, message and namespace give the same blob.
    ///
    /// - Parameters:
    ///   - message: The octets to sign, as they are.
    ///   - namespace: The kind of statement, such as `ballot@commonway`; not empty.
    /// - Throws: ``SignatureError/malformedNamespace``, ``SignatureError/tooLong(limit:actual:)``
    ///   for a namespace that no blob has room for, or ``SignatureError/cannotSign``.
    package func sign(
        message: some Collection<UInt8>, namespace: String
    ) throws(SignatureError) -> SSHSignatureBlob {
        guard !namespace.isEmpty else { throw .malformedNamespace }
        let signed = SSHSignatureBlob.signedOctets(message: message, namespace: namespace)
        guard let signature = try? key.signature(for: signed) else { throw .cannotSign }
        let blob = SSHSignatureBlob(
            publicKey: publicKey, namespace: namespace, signature: Array(signature))
        let length = blob.octets.count
        guard length <= SSHSignatureBlob.octetsMax else {
            throw .tooLong(limit: SSHSignatureBlob.octetsMax, actual: length)
        }
        return blob
    }
}
