package import Routing

/// A member's handle with what proves that the log means it.
package struct HandleRecord: Equatable, Sendable {
    /// The member's number.
    package let member: Int
    /// The handle.
    package let handle: String
    /// 32 octets.
    package let salt: [UInt8]
    /// SHA-256("commonway handle"‖salt‖handle), computed from the two.
    package let hash: ContentDigest

    /// A record made of its parts.
    package init(member: Int, handle: String, salt: [UInt8], hash: ContentDigest) {
        self.member = member
        self.handle = handle
        self.salt = salt
        self.hash = hash
    }
}

/// A text with its salt, 32 octets.
package struct TextRecord: Equatable, Sendable {
    /// The text.
    package let text: String
    /// 32 octets.
    package let salt: [UInt8]

    /// A record made of its parts.
    package init(text: String, salt: [UInt8]) {
        self.text = text
        self.salt = salt
    }
}
