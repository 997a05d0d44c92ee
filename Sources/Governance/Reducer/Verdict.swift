import CanonicalJSON

/// What the rules say of an entry.
package enum Verdict: Equatable, Sendable {
    /// It has its effect.
    case applied
    /// A member's statement that breaks a rule: counted, without effect.
    case void(Refusal)
}

/// An entry of the council that cannot be: the reader stops there, keeps its last table and says
/// why.
package struct Contradiction: Error, Equatable, Sendable, CustomStringConvertible {
    /// The entry's index.
    package let index: Int
    /// What is wrong with it.
    package let reason: Reason

    /// A contradiction at an entry.
    package init(index: Int, reason: Reason) {
        self.index = index
        self.reason = reason
    }

    /// What is wrong with an entry.
    package enum Reason: Equatable, Sendable {
        /// Not an entry.
        case unreadable(EntryFault)
        /// Dated before its predecessor.
        case timeFell(from: Int64, to: Int64)
        /// Something was due first.
        case overdue(Transition, found: String)
        /// A claim of something that is not due.
        case early(ClaimKind, proposal: Int?)
        /// A claim that differs from what the rules give.
        case wrongClaim(member: String, expected: String, found: String)
        /// An entry that has no place here in the founding, or after it.
        case outOfPlace(String)
        /// A genesis whose log key does not belong to its origin, or a founder that cannot be.
        case badFounding(String)
        /// Members cannot agree so on a successor of the log.
        case badSuccession(String)
        /// A refusal of the operator's that cannot be.
        case badRefusal(String)
    }

    /// `entry 41: overdue: close 7 (found tick)`.
    package var description: String { "entry \(index): \(words)" }

    private var words: String {
        switch reason {
        case .unreadable(let fault): "not an entry: \(fault)"
        case .timeFell(let from, let to): "its time \(to) is before its predecessor's \(from)"
        case .overdue(let transition, let found): "overdue: \(transition) (found \(found))"
        case .early(let kind, let proposal):
            "early: \(kind.rawValue)\(proposal.map { " \($0)" } ?? "") is not due"
        case .wrongClaim(let member, let expected, let found):
            "claims \(member) \(found), but the rules give \(expected)"
        case .outOfPlace(let kind): "\(kind) has no place here"
        case .badFounding(let why): "the founding is wrong: \(why)"
        case .badSuccession(let why): "the succession is wrong: \(why)"
        case .badRefusal(let why): "the operator cannot refuse that: \(why)"
        }
    }
}

/// Something that the rules make happen at an instant.
package struct Transition: Equatable, Sendable, Comparable, CustomStringConvertible {
    /// When it is due, milliseconds since 1970.
    package let instant: Int64
    /// The proposal that it concerns; 0 for none.
    package let proposal: Int
    /// What happens.
    package let kind: Kind
    /// The index of the overlay that it concerns; 0 for none.
    package let overlay: Int

    init(instant: Int64, proposal: Int, kind: Kind, overlay: Int = 0) {
        self.instant = instant
        self.proposal = proposal
        self.kind = kind
        self.overlay = overlay
    }

    /// What can become due, in the order of things due at one instant.
    package enum Kind: Int, Sendable {
        /// The vote opens.
        case open
        /// The vote lasts longer.
        case extend
        /// The vote closes.
        case close
        /// The proposal is enacted, or found stale or lapsed.
        case enact
        /// The discussion ends.
        case expire
        /// Newcomers who waited are admitted; not about a proposal, which counts as number 0.
        case admit
        /// An overlay ends; not about a proposal either.
        case lift
    }

    /// `close 7`.
    package var description: String {
        if overlay != 0 { return "\(kind) \(overlay)" }
        return proposal == 0 ? "\(kind)" : "\(kind) \(proposal)"
    }

    /// Earlier instant, lower proposal, earlier kind, earlier overlay.
    package static func < (left: Transition, right: Transition) -> Bool {
        (left.instant, left.proposal, left.kind.rawValue, left.overlay)
            < (right.instant, right.proposal, right.kind.rawValue, right.overlay)
    }
}
