import Crypto
import Ed25519

extension SSHSignatureBlob {
    /// Checks that the key inside signed `message` for `namespace`.
    ///
    /// Whose key it is, and whether it is in force, is the caller's to decide from what is
    /// returned.
    ///
    /// - Parameters:
    ///   - message: The octets that were signed, as they are.
    ///   - namespace: The kind of statement that the caller expects.
    /// - Returns: The key that signed.
    /// - Throws: ``SignatureError/wrongNamespace(expected:actual:)`` or
    ///   ``SignatureError/doesNotVerify``.
    @discardableResult
    package func verify(
        message: some Collection<UInt8>, namespace: String
    ) throws(SignatureError) -> PublicKey {
        // Octets decide: String's own equality takes two spellings of a letter for one.
        guard self.namespace.utf8.elementsEqual(namespace.utf8) else {
            throw .wrongNamespace(expected: namespace, actual: self.namespace)
        }
        let signed = SSHSignatureBlob.signedOctets(message: message, namespace: namespace)
        guard Ed25519.verifies(signature, of: signed, by: publicKey.octets) else {
            throw .doesNotVerify
        }
        return publicKey
    }

    /// What the key signs: the namespace and the message's hash, set off by the magic.
    static func signedOctets(message: some Collection<UInt8>, namespace: String) -> [UInt8] {
        var octets = magic
        octets.appendString(namespace.utf8)
        octets.appendString([])
        octets.appendString(hash.utf8)
        octets.appendUInt32(UInt32(SHA512.byteCount))
        octets.append(contentsOf: SHA512.hash(data: Array(message)))
        return octets
    }
}
