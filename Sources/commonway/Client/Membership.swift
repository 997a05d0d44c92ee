import CanonicalJSON

/// What this machine keeps about one council: who we are there, and what we have seen of its log.
struct Membership: Sendable {
    /// The council's address.
    let council: String
    /// The community card as first seen: origin, log key, `constituted`.
    let card: PinnedCard
    /// The member's number, from 1.
    let member: Int64
    /// The member's name.
    let handle: String
    /// The session's token.
    let token: String
    /// When the token ends, milliseconds since 1970.
    let expires: Int64
    /// The key file to sign with, absolute.
    let keyPath: String
    /// The newest checkpoint seen; a log that is behind it lost entries.
    var head: LogHead?

    init(
        council: String, card: PinnedCard, session: Session, keyPath: String, head: LogHead?
    ) {
        self.council = council
        self.card = card
        member = session.member
        handle = session.handle
        token = session.token
        expires = session.expires
        self.keyPath = keyPath
        self.head = head
    }

    /// Reads what ``value`` wrote; `nil` when it is anything else.
    init?(_ value: JSONValue) {
        guard let council = value["council"]?.string, let cardValue = value["card"],
            let card = PinnedCard(cardValue), let session = Session(value),
            let keyPath = value["key"]?.string
        else { return nil }
        self.init(
            council: council, card: card, session: session, keyPath: keyPath,
            head: value["head"].flatMap { LogHead($0) })
    }

    /// The membership as it is kept in a file.
    var value: JSONValue {
        var value = JSONObject()
        value["card"] = card.value
        value["council"] = .string(council)
        value["expires"] = .integer(expires)
        value["handle"] = .string(handle)
        value["head"] = head?.value
        value["key"] = .string(keyPath)
        value["member"] = .integer(member)
        value["token"] = .string(token)
        return .object(value)
    }
}
