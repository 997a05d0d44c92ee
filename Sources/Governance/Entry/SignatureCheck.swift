import CanonicalJSON
package import SSHSignature

/// A signed statement and who really signed it.
///
/// Made by verifying only, so that nobody can claim a signature that does not hold. Needs no state:
/// a council checks statements before its turn comes, a reader many at once.
package struct SignatureCheck: Sendable {
    /// The statement with its signatures.
    package let signed: SignedStatement
    /// The key under which the signature holds; `nil` for none.
    package let signer: PublicKey?
    /// The key under which the cosignature holds.
    package let cosigner: PublicKey?
    /// What is wrong with a signature that does not hold.
    package let fault: String?
    /// What is wrong with a signature inside the operations that a statement puts forward.
    package let enclosedFault: String?

    /// Verifies the signatures.
    ///
    /// - Complexity: one Ed25519 verification, two for act `key`, and one for each newcomer or
    ///   recovery.
    package init(verifying signed: SignedStatement) {
        self.signed = signed
        let octets = signed.statement.octets
        let namespace = signed.statement.act.namespace
        let first = Self.verify(signed.signature, of: octets, in: namespace)
        let second = signed.cosignature.map { Self.verify($0, of: octets, in: namespace) }
        signer = first.key
        cosigner = second?.key
        fault = first.fault ?? second?.fault
        enclosedFault = signed.statement.act.proposing?.content.enclosedFault
    }

    private static func verify(
        _ signature: String, of octets: [UInt8], in namespace: String
    ) -> (key: PublicKey?, fault: String?) {
        do {
            let blob = try SSHSignatureBlob(base64: signature)
            return (try blob.verify(message: octets, namespace: namespace), nil)
        } catch {
            return (nil, "\(error)")
        }
    }
}
