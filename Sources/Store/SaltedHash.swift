import Council
import Routing

/// The hashes by which the log names what it does not hold (docs/formats.md §1), and those under
/// which tokens are stored.
enum SaltedHash {
    /// SHA-256("commonway handle"‖salt‖handle).
    static func ofHandle(_ handle: String, salt: [UInt8]) -> ContentDigest {
        digest("commonway handle", salt, Array(handle.utf8))
    }

    /// SHA-256("commonway text"‖salt‖text).
    static func ofText(_ text: String, salt: [UInt8]) -> ContentDigest {
        digest("commonway text", salt, Array(text.utf8))
    }

    /// SHA-256 of a token's characters; a token is too random to need a salt.
    static func ofToken(_ token: Secret) -> ContentDigest {
        ContentDigest(of: token.reveal())
    }

    private static func digest(
        _ label: String, _ salt: [UInt8], _ content: [UInt8]
    ) -> ContentDigest {
        ContentDigest(of: Array(label.utf8) + salt + content)
    }
}
