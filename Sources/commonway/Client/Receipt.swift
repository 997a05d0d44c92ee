import CanonicalJSON

/// A signed statement with the council's acknowledgement: together they prove a lie, should the
/// statement be missing from the log 60 seconds later (docs/formats.md §7).
struct Receipt: Sendable {
    /// The statement.
    let statement: JSONValue
    /// The member's signature, base64.
    let signature: String
    /// The acknowledgement, a signed note.
    let acknowledgement: String

    /// The statement's hash.
    var hash: String { HexDigest.of(statement) }

    /// The receipt as it is kept in a file.
    var value: JSONValue {
        ["ack": .string(acknowledgement), "sig": .string(signature), "stmt": statement]
    }
}
