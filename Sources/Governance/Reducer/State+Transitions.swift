import CanonicalJSON
import Routing

extension State {
    /// Checks the entry that claims a due transition, and performs it.
    mutating func perform(
        _ transition: Transition, claimedBy checked: CheckedEntry
    ) throws(Contradiction) {
        let entry = checked.entry
        guard case .claim(let claim) = entry.body,
            (claim.proposal ?? 0) == transition.proposal,
            transition.kind.claims.contains(claim.kind)
        else { throw contradiction(.overdue(transition, found: kind(of: entry))) }
        let number = transition.proposal
        if transition.kind == .enact {
            // Planned once, for the claim and for what it claims.
            let outcome = enactment(of: proposals[number - 1], at: entry.t)
            try expect(enactClaim(proposals[number - 1], outcome, at: entry.t), checked)
            finish(number, outcome, at: entry.t)
        } else {
            try expect(self.claim(for: transition, at: entry.t), checked)
        }
        switch transition.kind {
        case .open: open(number, checked)
        case .extend: extend(number)
        case .close: close(number, at: entry.t)
        case .enact: break
        case .expire: end(number, .expired, at: entry.t)
        case .admit: admitWaiting(at: entry.t)
        case .lift: lift(transition.overlay)
        }
        quietBound = earliestInstant(at: entry.t)
    }
}

extension Transition.Kind {
    /// The kinds of entry that may claim it.
    fileprivate var claims: [ClaimKind] {
        switch self {
        case .open: [.open]
        case .extend: [.extend]
        case .close: [.close]
        case .enact: [.enact, .stale, .lapse]
        case .expire: [.expire]
        case .admit: [.admit]
        case .lift: [.lift]
        }
    }
}

extension Vote {
    /// What comes out as the ballots stand.
    package var outcome: Outcome {
        ClassRules.outcome(of: tally, quorum: quorum, margin: margin)
    }
}
