/// What stewards may do without a vote, and for how long: `docs/governance.md` §10.
package struct EmergencyRules: Equatable, Sendable {
    /// How long elected stewards are that; at most 366 days.
    package let term: Period
    /// How long what one steward did lasts.
    package let alone: Period
    /// How long it lasts once a vote confirmed it.
    package let confirmed: Period
    /// For how long stewards whose emergency a vote did not carry lose the power.
    package let suspended: Period
    /// How many stewards act together at least; 1…100.
    package let least: Int
    /// What part of the electors act together.
    package let share: Multiplier
    /// How many stewards have to act together at most; 1…100.
    package let most: Int
    /// How many emergencies one steward may sign in ``period``; 1…100.
    package let signatures: Int
    /// The period in which signatures are counted.
    package let period: Period
    /// For how long what went out of force may be restored.
    package let restorable: Period

    /// How many stewards together may let an emergency last until a vote has decided on it.
    package func together(of electors: Int) -> Int {
        min(most, max(least, share.shareUp(of: electors)))
    }
}

/// How keepers of backends are undone: `docs/governance.md` §10.
package struct KeeperRules: Equatable, Sendable {
    /// The electors that it takes at least; 1…100.
    package let undoLeast: Int
    /// The electors that it takes, as a multiple of √N.
    package let undoMultiplier: Multiplier

    /// The electors whose signatures undo a keeper.
    package func needed(of electors: Int) -> Int {
        min(max(undoLeast, undoMultiplier.timesRoot(of: electors)), max(1, electors))
    }
}
