import CanonicalJSON
import SSHSignature

/// Whether a key is one of a member's, asked before anything depends on it.
enum KeyCheck {
    /// Looks a member up by name and compares the keys in force.
    ///
    /// - Returns: `nil` when the council lists no member of that name.
    static func isInForce(
        _ key: PublicKey, member: String, _ api: CouncilAPI
    ) async throws(Complaint) -> Bool? {
        let members = try await api.list("/members")
        guard let found = members.first(where: { $0["handle"]?.string == member }) else {
            return nil
        }
        return (found["keys"]?.array ?? []).contains {
            $0["key"]?.string == key.openSSHText
        }
    }
}
