package import CanonicalJSON

/// One leaf of the log, read but not judged: `docs/formats.md` §3.
package struct Entry: Sendable {
    /// When the council says that it happened, milliseconds since 1970.
    package let t: Int64
    /// What it says.
    package let body: Body
    /// The whole object.
    package let value: JSONValue

    /// What an entry says.
    package enum Body: Sendable {
        /// The first entry: origin, log key, charter.
        case genesis(Genesis)
        /// Founders, at most 100 an entry.
        case founders([Founder])
        /// What a member said.
        case statement(SignedStatement)
        /// What the operator does not serve, or serves again.
        case refusal(OperatorRefusal)
        /// Members who agree on a successor of the log.
        case succession([SuccessionStatement])
        /// A claim of the council, which every reader recomputes.
        case claim(Claim)
    }

    /// A claim of the council.
    package struct Claim: Equatable, Sendable {
        /// Its kind.
        package let kind: ClaimKind
        /// The proposal that it is about, for those that are about one.
        package let proposal: Int?
    }

    /// Whether it is a `state` entry.
    package var isStateClaim: Bool {
        if case .claim(let claim) = body { claim.kind == .state } else { false }
    }

    /// The longest entry, octets: its length has two octets in an entry bundle.
    package static let octetsMax = 65_535
}

/// The kinds of entry by which the council claims what follows from the rules.
package enum ClaimKind: String, CaseIterable, Sendable {
    /// The founding is complete.
    case constituted
    /// A vote begins.
    case open
    /// A vote lasts longer, since its outcome turned late.
    case extend
    /// A vote ends.
    case close
    /// A proposal is in force.
    case enact
    /// A proposal's effect is no longer the one voted on.
    case stale
    /// A proposal was not enacted in time.
    case lapse
    /// A discussion ended for want of sponsors.
    case expire
    /// Newcomers who waited are admitted.
    case admit
    /// An overlay ends.
    case lift
    /// Time went on.
    case tick
    /// The digest of the whole state.
    case state

    /// Whether the entry is about one proposal.
    var concernsProposal: Bool {
        switch self {
        case .open, .extend, .close, .enact, .stale, .lapse, .expire: true
        case .constituted, .admit, .lift, .tick, .state: false
        }
    }
}
