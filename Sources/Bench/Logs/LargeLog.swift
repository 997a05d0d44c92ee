import CanonicalJSON
import Forge
import Governance

/// The log of a large community: its founding, everybody's `join`, and one vote in which a part of
/// them takes part.
struct LargeLog {
    /// How large it is to be.
    struct Size {
        /// Members, all founders.
        var members = 100_000
        /// Ballots on the vote.
        var ballots = 2_000
    }

    /// The log.
    private(set) var forge: Forge

    /// Forges it.
    ///
    /// - Throws: ``BenchFault/log(_:)``.
    init(_ size: Size) throws(BenchFault) {
        var states = StateEntries()
        do {
            forge = try Forge(founders: size.members, charter: Charter.demonstration, joined: 0)
            for member in 1...size.members {
                try forge.join(member)
                try states.keep(&forge)
            }
            let number = try forge.propose(
                MixedTable.builds(routes: 0, backendPort: 9)[0], by: 1)
            let needed =
                forge.state.proposal(number).map {
                    forge.state.sponsorsNeeded(by: $0, at: forge.t)
                } ?? 1
            for member in 1..<max(1, needed) { try forge.sponsor(number, by: member + 1) }
            try forge.advance(to: forge.state.quietUntil)
            for member in 1...size.ballots {
                try forge.vote(number, by: member, member % 5 == 0 ? "no" : "yes")
                try states.keep(&forge)
            }
            try forge.settle()
            guard forge.state.proposal(number)?.status == .enacted else {
                throw Forge.Fault.malformed("the vote was not carried")
            }
        } catch {
            throw .log("\(error)")
        }
    }
}
