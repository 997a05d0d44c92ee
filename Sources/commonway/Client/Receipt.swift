import CanonicalJSON

/// A signed statement with the council's acknowledgement: together they prove a lie, should the
/// statement be missing from the log 60 seconds later (docs/formats.md §7).
struct Receipt: Sendable {
    /// The statement.
    let statement: JSONValue
    /// The member's signature, base64.
    let signature: String
    /// The new key's signature, of a statement that is signed twice.
    let cosignature: String?
    /// The acknowledgement, a signed note.
    let acknowledgement: String

    /// The statement's hash.
    var hash: String { HexDigest.of(statement) }

    /// The receipt as it is kept in a file.
    var value: JSONValue {
        var value = JSONObject()
        value["ack"] = .string(acknowledgement)
        value["cosig"] = cosignature.map { .string($0) }
        value["sig"] = .string(signature)
        value["stmt"] = statement
        return .object(value)
    }
}
