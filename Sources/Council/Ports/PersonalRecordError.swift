package import Routing

/// Why a personal row was not kept, found or erased.
package enum PersonalRecordError: Error, Equatable, Sendable {
    /// A handle is empty or too long, octets, or has control characters.
    case badHandle(limit: Int, actual: Int)
    /// A text is empty or too long, octets.
    case badText(limit: Int, actual: Int)
    /// A salt is not 32 octets long.
    case badSalt(limit: Int, actual: Int)
    /// The handle is another member's, or the member has another handle.
    case handleTaken(String, member: Int)
    /// The text kept for this hash does not have this hash: somebody edited it.
    case altered(hash: ContentDigest)
    /// The storage failed.
    case storage(StorageFault)
}

extension PersonalRecordError: CustomStringConvertible {
    /// One sentence; it tells no text, and a handle only to whoever gave it.
    package var description: String {
        switch self {
        case .badHandle(let limit, let actual):
            "a handle has 1 to \(limit) octets and no control characters, this one has \(actual)"
        case .badText(let limit, let actual):
            "a text has 1 to \(limit) octets, this one has \(actual)"
        case .badSalt(let limit, let actual):
            "a salt has \(limit) octets, this one has \(actual)"
        case .handleTaken(let handle, let member):
            "the handle \(handle) cannot be given to member \(member): "
                + "it is another member's, or the member has another one"
        case .altered(let hash):
            "the row kept for \(hash) does not have that hash: it was altered in the database"
        case .storage(let fault):
            "personal records are not available: \(fault)"
        }
    }
}
