internal import CSodium

/// Ed25519 signatures (RFC 8032, §5.1), by libsodium: readers of a log spend most of their time on
/// them, and libsodium needs half the time of BoringSSL.
///
/// Stricter than the RFC, as every verifier of a log must be alike: beside a signature whose S is
/// not reduced, none counts whose key or whose R is a point of small order.
package enum Ed25519 {
    /// Octets of a public key.
    package static let keyOctets = 32
    /// Octets of a signature: R, then S.
    package static let signatureOctets = 64

    /// Whether `signature` is that of `message` by `key`; `false` also where one of them has
    /// another length than it should.
    package static func verifies(
        _ signature: [UInt8], of message: [UInt8], by key: [UInt8]
    ) -> Bool {
        guard isReady, signature.count == signatureOctets, key.count == keyOctets else {
            return false
        }
        // SAFETY: both lengths were checked, the message's is given, and nothing is written.
        return unsafe crypto_sign_verify_detached(
            signature, message, UInt64(message.count), key) == 0
    }

    /// libsodium chooses its code for this processor once, before its first use.
    private static let isReady = sodium_init() >= 0
}
