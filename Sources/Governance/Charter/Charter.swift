package import CanonicalJSON
package import Routing

/// The voting rules in force: data that the members ratified, within bounds that the code sets.
package struct Charter: Equatable, Sendable {
    /// The charter as ratified.
    package let value: JSONValue
    /// SHA-256 of its canonical octets.
    package let digest: ContentDigest
    /// Whether periods may be seconds: a demonstration, and shown as one on every page.
    package let demo: Bool
    /// How long before a vote opens an elector must have joined.
    package let tenure: Period
    /// How often the council says that time goes on, while anything waits for time.
    package let heartbeat: Period
    /// What each class asks for.
    package let classes: [ChangeClass: ClassRules]
    /// The sponsors needed, as a multiple of √N.
    package let sponsorsMultiplier: Multiplier
    /// The most sponsors ever needed; 1…100.
    package let sponsorsMax: Int
    /// The part of a voting period in which a turn of the outcome extends it, and by which; at most
    /// 1/2.
    package let lateSwing: Multiplier
    /// How long after an enactment a routine vote may put back what was before.
    package let revertWithin: Period
    /// How newcomers are admitted.
    package let admission: AdmissionRules
    /// The least discussion of an expulsion, so that its subject can reply.
    package let expulsionReply: Period
    /// How keepers of backends are undone.
    package let keepers: KeeperRules
    /// What stewards may do without a vote.
    package let emergency: EmergencyRules
    /// What keeps the assembly from being flooded.
    package let limits: CharterLimits
    /// Whether every response that a route gave names the vote behind it (`Commonway-Route`); so
    /// unless the charter says otherwise.
    package let citesRoutes: Bool

    /// The rules of a class.
    package func rules(for changeClass: ChangeClass) -> ClassRules {
        guard let rules = classes[changeClass] else {
            preconditionFailure("a charter is only made with rules for every class")
        }
        return rules
    }

    /// The sponsors that a proposal needs among N electors, its proposer among them.
    package func sponsorsNeeded(of electors: Int) -> Int {
        let most = min(sponsorsMax, max(1, electors / 2))
        return min(max(1, sponsorsMultiplier.timesRoot(of: electors)), most)
    }
}

/// How newcomers are admitted: fast enough to grow, too slowly to be taken over.
package struct AdmissionRules: Equatable, Sendable {
    /// Newcomers in one proposal; 1…50.
    package let batch: Int
    /// The sponsors that an admission needs at least; 1…10.
    package let sponsors: Int
    /// The period in which admissions are counted.
    package let period: Period
    /// How many may always come in it; 1…1,000.
    package let least: Int
    /// What part of the members may come in it, while there are fewer than ``smallBelow``.
    package let small: Multiplier
    /// From so many members on ``large`` counts; 0…1,000,000.
    package let smallBelow: Int
    /// What part of the members may come in it then.
    package let large: Multiplier

    /// How many may be admitted in a period, among so many members; 1 at least.
    package func cap(of members: Int) -> Int {
        members < smallBelow
            ? max(least, small.share(of: members)) : max(1, large.share(of: members))
    }
}

/// What keeps the assembly from being flooded.
package struct CharterLimits: Equatable, Sendable {
    /// Proposals of one member in voting at once; 1…100.
    package let votingPerMember: Int
    /// Proposals of one member in discussion at once; 1…100.
    package let discussionPerMember: Int
    /// Votes open in all; 1…1,000.
    package let openVotes: Int
    /// Statements of one member in one day (UTC); 10…10,000.
    package let statementsPerDay: Int
    /// Ballots of one elector on one proposal; 1…100.
    package let ballotsPerElector: Int
    /// Remarks of one member on one proposal; 1…100.
    package let remarksPerMember: Int
    /// When a payload that was voted down may come back.
    package let rejectedReturns: Period
    /// When a discussion without a new sponsor ends.
    package let discussionExpires: Period
    /// How far ahead a statement's `until` may lie.
    package let statementValidity: Period
}
