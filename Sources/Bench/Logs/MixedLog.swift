import CanonicalJSON
import Forge
import Governance

/// The log of a busy community, as its council would have written it: a table of many routes, put
/// together by votes, and then votes that change it, several at a time.
///
/// Each proposal is sponsored, some are remarked upon, all are voted on; some ballots are against,
/// and some replace earlier ones. A `state` entry stands where a council puts one.
struct MixedLog {
    /// How large it is to be.
    struct Size {
        /// Entries, about; those of the proposals are filled up with ballots.
        var entries = 100_000
        /// Enactments that change the whole table.
        var enactments = 2_000
        /// Routes of the table, each a document.
        var routes = 5_000
        /// Members, all founders.
        var members = 60
    }

    /// The log.
    private(set) var forge: Forge
    /// The indices of its ballots.
    private(set) var ballots: [Int] = []
    /// Enactments so far, those that built the table among them, also where nothing of them is in
    /// force any more.
    var enactments: Int {
        forge.state.proposals.count { [.enacted, .superseded].contains($0.status) }
    }

    private let size: Size
    private var states = StateEntries()

    /// Proposals that are put forward at one time; their votes overlap with those before.
    private static let proposalsPerRound = 4
    /// Between two rounds, milliseconds; a vote of the demonstration takes 1 s before and 4 s.
    private static let roundMs: Int64 = 2_000
    private static let discussionMs: Int64 = 1_000
    /// What a proposal takes beside ballots, about: proposed, sponsored, opened, closed, enacted.
    private static let entriesBeside = 8

    /// Forges a log.
    ///
    /// - Parameter backendPort: Where on 127.0.0.1 all routes lead.
    /// - Throws: ``BenchFault/log(_:)``.
    init(_ size: Size, backendPort: UInt16) throws(BenchFault) {
        self.size = size
        do {
            forge = try Forge(founders: size.members, charter: Charter.demonstration)
            let builds = MixedTable.builds(routes: size.routes, backendPort: backendPort)
            // The backend alone, since the others name it.
            try forge.enact(builds[0])
            try hold(Array(builds[1...]), ballots: 0)
            let left = size.entries - forge.entries.count
            let each = left / max(1, size.enactments) - Self.entriesBeside
            try hold(
                (0..<size.enactments).map { MixedTable.change($0, routes: size.routes) },
                ballots: max(0, each))
        } catch {
            throw .log("\(error)")
        }
    }

    /// Takes proposals the whole way, in rounds.
    ///
    /// - Parameter ballots: On each of them; more when more are needed to carry it.
    private mutating func hold(_ proposals: [[JSONValue]], ballots: Int) throws {
        let start = forge.t
        for first in stride(from: 0, to: proposals.count, by: Self.proposalsPerRound) {
            let round = Int64(first / Self.proposalsPerRound)
            let last = min(first + Self.proposalsPerRound, proposals.count)
            try forge.advance(to: start + round * Self.roundMs)
            var numbers: [Int] = []
            for operations in proposals[first..<last] { numbers.append(try propose(operations)) }
            try forge.advance(to: start + round * Self.roundMs + Self.discussionMs)
            for number in numbers { try vote(on: number, ballots: ballots) }
            try states.keep(&forge)
        }
        try forge.settle()
    }

    /// Proposes, sponsors, and now and then remarks.
    private mutating func propose(_ operations: [JSONValue]) throws -> Int {
        let turn = forge.state.proposals.count
        func member(_ place: Int) -> Int { (turn + place) % size.members + 1 }
        let number = try forge.propose(operations, by: member(0))
        let needed = forge.state.proposal(number).map {
            forge.state.sponsorsNeeded(by: $0, at: forge.t)
        }
        for place in 1..<max(needed ?? 1, 2) { try forge.sponsor(number, by: member(place)) }
        if turn.isMultiple(of: 3) { try forge.remark(number, by: member(7)) }
        return number
    }

    /// Casts so many ballots, at least those that carry it; not all yes, since that ends a vote.
    private mutating func vote(on number: Int, ballots: Int) throws {
        guard let quorum = forge.state.proposal(number)?.vote?.quorum else {
            throw Forge.Fault.malformed("the vote on \(number) is not open")
        }
        var changing: [Int] = []
        for place in 0..<min(max(ballots, quorum), size.members) {
            let member = (number + place) % size.members + 1
            // Who votes after the quorum may be against, or change their mind once.
            let isFree = place >= quorum
            let choice =
                isFree && place % 4 == 1 ? "no" : isFree && place % 8 == 2 ? "abstain" : "yes"
            if choice == "no" { changing.append(member) }
            try cast(number, by: member, choice)
        }
        for member in changing.prefix(max(0, ballots - size.members)) {
            try cast(number, by: member, "abstain")
        }
    }

    private mutating func cast(_ number: Int, by member: Int, _ choice: String) throws {
        ballots.append(forge.entries.count)
        try forge.vote(number, by: member, choice)
    }
}

/// Puts a `state` entry wherever a council would put one.
struct StateEntries {
    private var last = 0

    /// Appends one when as many entries have gone by as with a council; nothing may be due at this
    /// moment.
    ///
    /// - Throws: ``Contradiction``.
    mutating func keep(_ forge: inout Forge) throws {
        guard forge.entries.count - last >= forge.state.stateInterval else { return }
        try forge.append(forge.state.stateClaim(at: forge.t))
        last = forge.entries.count
    }
}
