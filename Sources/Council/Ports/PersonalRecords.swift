package import Routing

/// Personal data that the log names only by salted hashes: handles, and the texts of reasons.
///
/// The log holds SHA-256("commonway handle"‖salt‖handle) and, of texts,
/// SHA-256("commonway text"‖salt‖text), with 32 random octets of salt each. Text and salt are
/// rows here, and erasing a row erases its salt: what stays in the log can then no longer be tied
/// to a person, not even by guessing. Erased octets do not stay behind in the database's free
/// pages or its write-ahead log.
///
/// What is read back was checked against its hash: a row that somebody edited is an error, not
/// a reason that nobody gave.
package protocol PersonalRecords: Sendable {
    /// Keeps a member's handle; the same again changes nothing.
    ///
    /// - Parameters:
    ///   - handle: As ``PersonalLimits/isHandle(_:)`` wants it, and one member's only.
    ///   - salt: 32 octets, those of the hash in the log.
    /// - Throws: ``PersonalRecordError``.
    func putHandle(
        member: Int, handle: String, salt: [UInt8]
    ) async throws(PersonalRecordError)

    /// Every handle kept, by member number: a community's members are few enough to hold.
    ///
    /// - Throws: ``PersonalRecordError/storage(_:)``.
    func handles() async throws(PersonalRecordError) -> [HandleRecord]

    /// Erases a member's handle and salt, and with it the account, sessions and invitations.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: ``PersonalRecordError/storage(_:)``; the row may then still be there.
    @discardableResult
    func eraseHandle(member: Int) async throws(PersonalRecordError) -> Bool

    /// Keeps a text; the same again changes nothing.
    ///
    /// - Parameters:
    ///   - text: 1...``PersonalLimits/textOctetsMax`` octets of UTF-8.
    ///   - salt: 32 octets.
    /// - Returns: SHA-256("commonway text"‖salt‖text), by which statements name it.
    /// - Throws: ``PersonalRecordError``.
    @discardableResult
    func putText(_ text: String, salt: [UInt8]) async throws(PersonalRecordError) -> ContentDigest

    /// Finds a text.
    ///
    /// - Returns: The text with its salt, or `nil` when it was never kept, or erased.
    /// - Throws: ``PersonalRecordError/altered(hash:)``, ``PersonalRecordError/storage(_:)``.
    func text(_ hash: ContentDigest) async throws(PersonalRecordError) -> TextRecord?

    /// Erases a text and its salt.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: ``PersonalRecordError/storage(_:)``; the row may then still be there.
    @discardableResult
    func eraseText(_ hash: ContentDigest) async throws(PersonalRecordError) -> Bool
}

/// How large personal rows may be.
package enum PersonalLimits {
    /// The longest handle, octets.
    package static let handleOctetsMax = 64

    /// Whether a text can be a handle: 1...``handleOctetsMax`` octets without a control octet.
    /// Which of these a community allows is for others to say.
    package static func isHandle(_ text: String) -> Bool {
        (1...handleOctetsMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// The longest text, octets: 16 KiB, some eight pages.
    package static let textOctetsMax = 16_384

    /// The length of a salt, octets.
    package static let saltLength = 32
}
