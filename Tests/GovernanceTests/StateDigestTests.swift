import CanonicalJSON
import Forge
import LogReader
import Routing
import TestKit
import Testing

@testable import Governance

/// The digest in a `state` entry covers everything that decides what later entries do.
@Suite struct StateDigestTests {
    /// A state with a proposal in each phase, an enrolled key and something rejected.
    private static func prepared() throws -> State {
        var forge = try Forge(founders: 4, charter: Charter.demonstration, joined: 3)
        try forge.append(try forge.enrolment(of: try Forge.foreignKey(), by: 2))
        try forge.enact(Samples.library)
        let rejected = try forge.openVote([Samples.backend("rejected")])
        for member in 1...2 { try forge.vote(rejected, by: member, "no") }
        try forge.settle()
        let queued = try forge.openVote([Samples.backend("queued")])
        for member in 1...2 { try forge.vote(queued, by: member, "yes") }
        try forge.advance(to: forge.t + 4000)
        let voting = try forge.openVote([Samples.backend("voting")])
        try forge.vote(voting, by: 1, "yes")
        try forge.propose([Samples.backend("discussed")], by: 2)
        try #require(
            forge.state.active.compactMap { forge.state.proposal($0)?.status }
                == [.queued, .voting, .discussion])
        try #require(!forge.state.rejected.isEmpty)
        try forge.disable("library", by: 2)
        return forge.state
    }

    private static let digest = ContentDigest(of: [1])

    /// A member of the state, and a change of it.
    private static let changes: [(name: String, change: @Sendable (inout State) throws -> Void)] = [
        ("entries", { $0.entries += 1 }), ("t", { $0.t += 1 }),
        ("origin", { $0.origin += "x" }), ("logKey", { $0.logKey += "x" }),
        ("charter", { $0.charter = try Charter(Samples.charter(["sponsors", "max"], 24)) }),
        ("charter, none", { $0.charter = nil }),
        (
            "constitution, digest",
            {
                $0.constitution = State.Constitution(
                    digest: digest, leaf: try #require($0.constitution).leaf, founders: 4)
            }
        ),
        (
            "constitution, leaf",
            {
                $0.constitution = State.Constitution(
                    digest: try #require($0.constitution).digest, leaf: digest, founders: 4)
            }
        ),
        ("members, joined", { $0.members[0].joined = 7 }),
        ("members, electorFrom", { $0.members[0].electorFrom = 7 }),
        ("members, not joined", { $0.members[0].joined = nil }),
        ("members, key", { $0.members[1].keys.removeLast() }),
        ("members, day", { $0.members[0].day += 1 }),
        ("members, statements", { $0.members[0].statementsThatDay += 1 }),
        ("members, fewer", { $0.members.removeLast() }),
        ("members, left", { $0.members[0].left = 7 }),
        ("members, expelled", { $0.members[0].expelled = true }),
        ("members, retired", { $0.members[0].retired = $0.members[1].keys.map(\.key) }),
        ("hasBegun", { $0.hasBegun = false }), ("waiting", { $0.waiting = [4] }),
        (
            "waitingSince",
            {
                $0.waiting = [4]
                $0.waitingSince = 7
            }
        ),
        ("admissions", { $0.admissions = [State.Admission(t: 7, count: 1)] }),
        ("footprints", { $0.footprints.removeLast() }),
        ("proposals, revision", { $0.proposals[4].revision += 1 }),
        ("proposals, start", { $0.proposals[4].start += 1 }),
        ("proposals, refiled", { $0.proposals[4].isRefiled = true }),
        ("proposals, remarks", { $0.proposals[4].remarks = [1: 1] }),
        ("proposals, voidVote", { $0.proposals[2].voidVote = 9 }),
        ("proposals, closes", { try changeVote(&$0) { $0.closes += 1 } }),
        ("proposals, outage", { try changeVote(&$0) { $0.outage += 1 } }),
        ("proposals, swungAt", { try changeVote(&$0) { $0.swungAt = 9 } }),
        ("proposals, extended", { try changeVote(&$0) { $0.isExtended = true } }),
        ("formerLogKeys", { $0.formerLogKeys = ["x"] }),
        (
            "succession",
            {
                $0.succession = State.Succession(
                    terms: SuccessionStatement.Terms(
                        size: 1, root: digest, origin: "x", key: "x"), members: [1])
            }
        ),
        ("overlays, none", { $0.overlays.up = [] }),
        ("overlays, signers", { $0.overlays.up[0].signers.append(9) }),
        ("overlays, until", { $0.overlays.up[0].until = 9 }),
        ("overlays, proposal", { $0.overlays.up[0].confirmedBy = 9 }),
        ("overlays, endless", { $0.overlays.up[0].until = nil }),
        (
            "overlays, undoing",
            { $0.overlays.undoing = [KeptBackend(backend: "x", keeper: 1): [2]] }
        ),
        (
            "overlays, undone",
            { $0.overlays.undone = [KeptBackend(backend: "x", keeper: 1)] }
        ),
        (
            "overlays, past",
            {
                $0.overlays.past = [
                    PastDocument(
                        key: DocumentKey(kind: .route, name: "x"), digest: digest,
                        enactment: Enactment(entry: 1, proposal: 1), t: 1)
                ]
            }
        ),
        ("overlays, election", { $0.overlays.election = StewardElection(members: [], until: 9) }),
        ("overlays, signatures", { $0.overlays.signatures = [] }),
        ("overlays, suspended", { $0.overlays.suspended = [1: 9] }),
        (
            "overlays, refusals",
            { $0.overlays.refusals = [TableRefusal(index: 1, subject: .route("x"))] }
        ),
        ("documents", { $0.documents = DocumentSet() }),
        ("proposals", { $0.proposals.append($0.proposals[0]) }),
        ("active", { $0.active.removeLast() }), ("voids", { $0.voids += 1 }),
        ("proposals, seal", { $0.proposals[0].seal = digest }),
        ("seen", { $0.seen.insert(digest, until: .max) }),
        ("seen, until", { $0.seen = SeenStatements() }),
        ("rejected", { $0.rejected[digest] = 9 }), ("rejected, none", { $0.rejected = [:] }),
        ("proposals, sponsors", { $0.proposals[4].sponsors.append(3) }),
        ("proposals, lastSponsorAt", { $0.proposals[4].lastSponsorAt += 1 }),
        ("proposals, phase", { $0.proposals[3].phase = .discussion }),
        ("proposals, tally", { try changeVote(&$0) { $0.tally.yes += 1 } }),
        ("proposals, ballot", { try changeVote(&$0) { $0.ballots[1] = nil } }),
        (
            "proposals, ballot count",
            {
                try changeVote(&$0) {
                    let ballot = try #require($0.ballots[1])
                    $0.ballots[1] = Vote.CastBallot(
                        by: 1, statement: ballot.statement, choice: ballot.choice,
                        key: ballot.key, count: 9)
                }
            }
        ),
        ("proposals, electorate", { try changeVote(&$0) { $0.electorate.removeLast() } }),
        ("proposals, unanimousAt", { try changeVote(&$0) { $0.unanimousAt = 9 } }),
    ]

    private static func changeVote(
        _ state: inout State, _ change: (inout Vote) throws -> Void
    ) throws {
        var vote = try #require(state.proposals[3].vote)
        try change(&vote)
        state.proposals[3].phase = .voting(vote)
    }

    @Test func `every member that decides something changes the digest in its own way`() throws {
        let state = try Self.prepared()
        var digests = [state.digest: "nothing"]
        for (name, change) in Self.changes {
            var changed = state
            try change(&changed)
            let other = digests.updateValue(name, forKey: changed.digest)
            #expect(other == nil, "\(name) and \(other ?? "") have the same digest")
        }
    }

    /// What stands in the state and not in its digest, because it follows from what does.
    private static let derived: Set<String> = [
        "documentsInForce", "foundingLeaves", "holders", "outage", "votesByLeaf", "closedByLeaf",
        "eligibility", "keptDigest", "quietBound", "unplanned", "outdated", "scopes",
    ]

    @Test func `every stored member is covered or derived`() throws {
        let stored = Set(Mirror(reflecting: State()).children.compactMap(\.label))
        let covered = Set(Self.changes.map { String($0.name.prefix { $0 != "," }) })
        #expect(stored == covered.union(Self.derived))
    }

    @Test func `a council puts state entries farther apart where they cover much`() throws {
        var state = try Self.prepared()
        #expect(state.stateInterval == 1_000)
        let covered =
            state.documents.documents.count + state.footprints.count + state.seen.count
            + state.active
            .reduce(0) { $0 + (state.proposals[$1 - 1].vote?.ballots.count ?? 0) }
        #expect(covered > 0)
        state.members = Array(repeating: try #require(state.members.first), count: 16_000 - covered)
        #expect(state.stateInterval == 2_000)
        try Self.changeVote(&state) { vote in
            let ballot = try #require(vote.ballots[1])
            for elector in 0..<8 { vote.ballots[1_000 + elector] = ballot }
        }
        #expect(state.stateInterval == 2_001)
    }

    @Test func `the digest does not depend on the order in which things were hashed`() throws {
        let digests = try (0..<8).map { _ in try Self.prepared().digest }
        #expect(Set(digests).count == 1)
    }
}
