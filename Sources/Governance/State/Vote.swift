package import Routing
import SSHSignature

/// An open vote: all that its `open` entry fixed, and the ballots so far.
package struct Vote: Sendable {
    /// The leaf hash of the `open` entry, which ballots name.
    package let leaf: ContentDigest
    /// The index of that entry.
    package let index: Int
    /// When it opened.
    package let opened: Int64
    /// How long it lasts, as its class has it, milliseconds.
    package let period: Int64
    /// When it closes.
    package internal(set) var closes: Int64
    /// The class voted on.
    package let changeClass: ChangeClass
    /// SHA-256 of the effect voted on.
    package let effect: ContentDigest
    /// How many may vote: N, frozen at the opening.
    package let electors: Int
    /// The numbers of those who may vote, ascending; emptied at the close.
    var electorate: [Int]
    /// The yes votes needed.
    package let quorum: Int
    /// How many times the no votes the yes votes must reach.
    package let margin: Int
    /// From the close to the enactment, milliseconds.
    package let delay: Int64
    /// How much later an enactment may still happen, milliseconds.
    package let applyBy: Int64
    /// The last part of the vote in which a turn of the outcome extends it, and by how much,
    /// milliseconds.
    package let swing: Int64
    /// When the outcome turned late, until that has extended the vote.
    package internal(set) var swungAt: Int64?
    /// Whether the vote was extended.
    package internal(set) var isExtended = false
    /// What outages of the council added to ``closes``, milliseconds.
    package internal(set) var outage: Int64 = 0
    /// Whether it closes at once, without a delay, when every elector's ballot is yes.
    package let closesWhenUnanimous: Bool
    /// The ballots in force.
    package internal(set) var tally = Tally()
    /// Each elector's ballot in force; emptied at the close, since no rule looks at them again.
    var ballots: [Int: CastBallot] = [:]
    /// When every elector's ballot in force became yes.
    package internal(set) var unanimousAt: Int64?

    /// An elector's ballot in force.
    struct CastBallot: Sendable {
        let statement: ContentDigest
        let choice: Choice
        /// The key that signed it.
        let key: PublicKey
        /// How many ballots this elector has cast on this vote.
        let count: Int
        /// Itself as the state's digest covers it: written once, and covered by many of them.
        let octets: [UInt8]

        init(
            by member: Int, statement: ContentDigest, choice: Choice, key: PublicKey, count: Int
        ) {
            self.statement = statement
            self.choice = choice
            self.key = key
            self.count = count
            octets = Self.octets(member, statement, choice, key, count)
        }
    }

    /// The hash of the elector's ballot in force, for the next one's `replaces`.
    package func ballotInForce(of member: Int) -> ContentDigest? { ballots[member]?.statement }

    /// Whether a member may vote.
    ///
    /// - Complexity: O(log N).
    package func isElector(_ member: Int) -> Bool {
        var low = 0
        var high = electorate.count
        while low < high {
            let middle = (low + high) / 2
            if electorate[middle] < member { low = middle + 1 } else { high = middle }
        }
        return low < electorate.count && electorate[low] == member
    }
}
