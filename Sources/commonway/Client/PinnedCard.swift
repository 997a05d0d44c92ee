import CanonicalJSON

/// The part of a community card that a member's program pins (docs/formats.md §7).
struct PinnedCard: Equatable, Sendable {
    /// The log's name, which every statement carries.
    let origin: String
    /// The log's verifier key, in the form of C2SP signed-note.
    let key: String
    /// The leaf hash of the `constituted` entry, 64 hexadecimal digits.
    let constituted: String
    /// The whole card.
    let value: JSONValue

    /// Reads a card; `nil` when one of its members is missing.
    init?(_ value: JSONValue) {
        guard let origin = value["origin"]?.string, let key = value["key"]?.string,
            let constituted = value["constituted"]?.string
        else { return nil }
        self.origin = origin
        self.key = key
        self.constituted = constituted
        self.value = value
    }

    /// Whether two cards name the same log: the witnesses may change, these three may not.
    func names(sameLogAs other: PinnedCard) -> Bool {
        origin == other.origin && key == other.key && constituted == other.constituted
    }
}
