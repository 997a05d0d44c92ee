import CanonicalJSON

/// The council's answer to a login (docs/formats.md §8, `POST /accounts` and `POST /sessions`).
struct Session: Sendable {
    /// The member's number, from 1.
    let member: Int64
    /// The member's name.
    let handle: String
    /// What opens the API until ``expires``.
    let token: String
    /// When the token ends, milliseconds since 1970.
    let expires: Int64

    /// Reads an answer; `nil` when one of its members is missing.
    init?(_ value: JSONValue) {
        guard let member = value["member"]?.integer, let handle = value["handle"]?.string,
            let token = value["token"]?.string, let expires = value["expires"]?.integer
        else { return nil }
        self.member = member
        self.handle = handle
        self.token = token
        self.expires = expires
    }
}
