import CanonicalJSON

/// A member's reasons: a text outside the log, which only its salted digest enters.
struct ReasonText: Sendable {
    /// The text.
    let text: String
    /// 32 random octets, without which a digest of few words could be guessed.
    let salt: [UInt8]

    init?(_ text: String?) {
        guard let text, !text.isEmpty else { return nil }
        self.init(text: text, salt: HexDigest.randomOctets(32))
    }

    init(text: String, salt: [UInt8]) {
        self.text = text
        self.salt = salt
    }

    /// What the statement names (docs/formats.md §1, `text`).
    var digest: String { HexDigest.of(Array("commonway text".utf8) + salt + Array(text.utf8)) }

    /// What is handed in beside the statement.
    var value: JSONValue { ["salt": .string(HexDigest.hex(salt)), "text": .string(text)] }
}
