package import Routing
import SSHSignature

/// Everything that follows from the entries so far.
///
/// Built by ``reduce(_:headInLog:)`` alone; there is no other way to change it, so a route table
/// taken from it is one that the members ratified.
package struct State: Sendable {
    /// The number of entries reduced; the next entry's index.
    package internal(set) var entries = 0
    /// The `t` of the last of them.
    package internal(set) var t: Int64 = 0
    /// The log's origin; empty before the genesis.
    package internal(set) var origin = ""
    /// The log's verifier key; empty before the genesis.
    package internal(set) var logKey = ""
    /// The verifier keys that were the log's before, oldest first.
    package internal(set) var formerLogKeys: [String] = []
    /// Members who agree on a successor of the log, while more are needed.
    package internal(set) var succession: Succession?
    /// The charter in force; `nil` before the genesis.
    package internal(set) var charter: Charter?
    /// The digest that founders join over, and the leaf hash that the community card pins.
    package internal(set) var constitution: Constitution?
    /// The members by number, from 1.
    package internal(set) var members: [Member] = []
    /// Whether min(3, founders) ever joined: before that nothing is proposed or served.
    package internal(set) var hasBegun = false
    /// The numbers of newcomers who wait for room among the admissions, in their order.
    package internal(set) var waiting: [Int] = []
    /// Since when the first of them waits.
    var waitingSince: Int64 = 0
    /// Admissions of the last period, by time.
    var admissions: [Admission] = []
    /// What was in force before the enactments that a vote may still revert, oldest first.
    var footprints: [Footprint] = []
    /// The documents in force, with what is laid over them.
    package internal(set) var documents = DocumentSet()
    /// What is laid over them, and who may.
    package internal(set) var overlays = Overlays()
    /// The proposals by number, from 1.
    package internal(set) var proposals: [Proposal] = []
    /// The numbers of the proposals that are not over, ascending.
    package internal(set) var active: [Int] = []
    /// Statements in the log that broke a rule.
    package internal(set) var voids = 0

    /// The leaf hashes of the founding's entries, until ``constitution`` is set.
    var foundingLeaves: [UInt8] = []
    /// Statements applied whose `until` has not passed, so that one counts once.
    var seen = SeenStatements()
    /// When payloads that were voted down may come back.
    var rejected: [ContentDigest: Int64] = [:]
    /// Which member holds a key. Derived from ``members``.
    var holders: [PublicKey: Int] = [:]
    /// The open votes by the leaf hash that ballots name. Derived from ``proposals``.
    var votesByLeaf: [ContentDigest: Int] = [:]
    /// The votes that are over, likewise, to say so to who votes too late. Derived.
    var closedByLeaf: [ContentDigest: Int] = [:]
    /// How many documents are in force by each proposal. Derived from ``documents``.
    var documentsInForce: [Int: Int] = [:]
    /// How long before the entry that is being judged nothing was logged, if that was an outage;
    /// 0 between two entries.
    var outage: Int64 = 0
    /// From when on each member is an elector, ascending. Derived from ``members``.
    var eligibility: [Int64] = []

    /// The digest of the state after so many entries, which alone change it. Derived.
    var keptDigest: (entries: Int, digest: ContentDigest)?

    /// The proposals in discussion whose plan an enactment may have changed since it was made.
    /// Derived.
    var unplanned: Set<Int> = []
    /// The proposals whose vote has opened, likewise; they keep the plan that is voted on. Derived.
    var outdated: Set<Int> = []
    /// What the plans of proposals look at, where an enactment asked. Derived.
    var scopes: [Int: PlanScope] = [:]
    /// Before this instant nothing is due, and maybe nothing then: the least that ``quietUntil``
    /// can be, whatever comes of plans that are owed. Derived.
    var quietBound: Int64 = .max

    /// Newcomers admitted at one time.
    struct Admission: Sendable, Equatable {
        let t: Int64
        let count: Int
    }

    /// What an enactment changed: the documents before, `nil` for none.
    struct Footprint: Sendable {
        let proposal: Int
        let t: Int64
        let before: [(key: DocumentKey, document: ProposedDocument?)]
        /// Itself as the state's digest covers it: written once, and covered by thousands of them.
        let octets: [UInt8]

        init(
            proposal: Int, t: Int64, before: [(key: DocumentKey, document: ProposedDocument?)]
        ) {
            self.proposal = proposal
            self.t = t
            self.before = before
            octets = Self.octets(proposal, t, before)
        }
    }

    /// Members who agree on a successor.
    package struct Succession: Sendable {
        /// What they agree on.
        package let terms: SuccessionStatement.Terms
        /// Their numbers, in the order of the log.
        package internal(set) var members: [Int]
    }

    /// What the founders agreed to.
    package struct Constitution: Sendable, Equatable {
        /// SHA-256 over the leaf hashes of the entries before `constituted`.
        package let digest: ContentDigest
        /// The leaf hash of `constituted`, which the community card pins.
        package let leaf: ContentDigest
        /// How many founders there are.
        package let founders: Int
    }

    /// The state before any entry.
    package init() {}
}

extension State {
    /// The number of electors at a time.
    ///
    /// - Complexity: O(log members).
    package func electorCount(at t: Int64) -> Int {
        var low = 0
        var high = eligibility.count
        while low < high {
            let middle = (low + high) / 2
            if eligibility[middle] <= t { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The numbers of the electors at a time, ascending.
    ///
    /// - Complexity: O(members).
    package func electorate(at t: Int64) -> [Int] {
        members.filter { $0.left == nil && $0.electorFrom.map { $0 <= t } ?? false }.map(\.number)
    }

    /// The member of that number.
    package func member(_ number: Int) -> Member? {
        members.indices.contains(number - 1) ? members[number - 1] : nil
    }

    /// Whether a member has yet to sign `join`: a founder who did not, not a newcomer who waits.
    package func owesJoin(_ number: Int) -> Bool {
        guard let member = member(number) else { return false }
        return member.joined == nil && !waiting.contains(number)
    }

    /// The proposal of that number.
    package func proposal(_ number: Int) -> Proposal? {
        proposals.indices.contains(number - 1) ? proposals[number - 1] : nil
    }

    /// The proposal whose `propose` is the entry of that index.
    ///
    /// - Complexity: O(log proposals).
    package func proposal(loggedAt index: Int) -> Proposal? {
        var low = 0
        var high = proposals.count
        while low < high {
            let middle = (low + high) / 2
            if proposals[middle].index < index { low = middle + 1 } else { high = middle }
        }
        return low < proposals.count && proposals[low].index == index ? proposals[low] : nil
    }

    /// The number of the proposal whose vote is open under that leaf hash.
    package func voting(on leaf: ContentDigest) -> Int? { votesByLeaf[leaf] }

    /// The number of the proposal whose vote, open or over, has that leaf hash.
    package func proposal(votedOn leaf: ContentDigest) -> Int? {
        votesByLeaf[leaf] ?? closedByLeaf[leaf]
    }

    /// Notes from when on somebody is an elector.
    mutating func addEligibility(_ instant: Int64) {
        eligibility.insert(instant, at: electorCount(at: instant))
    }

    /// Forgets from when on somebody was an elector.
    mutating func removeEligibility(_ instant: Int64) {
        let place = electorCount(at: instant) - 1
        if eligibility.indices.contains(place) { eligibility.remove(at: place) }
    }

    /// The members who joined and have not left.
    ///
    /// - Complexity: O(members).
    var memberCount: Int { members.count(where: \.isIn) }
}
