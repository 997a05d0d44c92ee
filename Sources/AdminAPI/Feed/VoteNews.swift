import Governance
import Routing

/// Something that happened to a vote, as a feed tells it.
struct VoteNews: Sendable {
    /// What happened.
    enum Kind: String, Sendable {
        /// The vote opened.
        case opened
        /// It closes within a day, or within the last quarter of a shorter vote.
        case closing
        /// It closed.
        case decided
        /// The proposal is in force.
        case enacted
        /// It carried, and was not enacted.
        case ended
    }

    /// What happened.
    let kind: Kind
    /// When, milliseconds since 1970.
    let t: Int64
    /// The proposal's number.
    let proposal: Int
    /// The leaf hash of the entry that opened the vote.
    let vote: ContentDigest
    /// One line.
    let title: String
    /// A sentence or two.
    let summary: String

    /// Stable, and nobody else's: the vote's own leaf hash stands in it.
    var id: String { "urn:commonway:vote:\(vote.hex):\(kind.rawValue)" }

    /// How long before the close it is news that a vote closes, milliseconds: a day.
    private static let closingSoonMs: Int64 = 86_400_000

    /// The newest news, newest first.
    ///
    /// - Parameters:
    ///   - now: The council's time.
    ///   - limit: How many at most.
    /// - Complexity: O(proposals).
    static func newest(of state: State, now: Int64, limit: Int) -> [VoteNews] {
        var instants: [(t: Int64, kind: Kind, proposal: Int)] = []
        for proposal in state.proposals {
            for (kind, t) in instantsOf(proposal, now: now) {
                instants.append((t, kind, proposal.number))
            }
        }
        instants.sort { ($0.t, $0.proposal, $0.kind.order) > ($1.t, $1.proposal, $1.kind.order) }
        return instants.prefix(limit).compactMap { instant in
            state.proposal(instant.proposal).flatMap {
                VoteNews(instant.kind, at: instant.t, of: $0)
            }
        }
    }

    private static func instantsOf(_ proposal: Proposal, now: Int64) -> [(Kind, Int64)] {
        guard let vote = proposal.vote else { return [] }
        var instants: [(Kind, Int64)] = [(.opened, vote.opened)]
        let closing = vote.closes - min(closingSoonMs, (vote.closes - vote.opened) / 4)
        if proposal.closing == nil, now >= closing { instants.append((.closing, closing)) }
        guard let closed = proposal.closing else { return instants }
        instants.append((.decided, closed.t))
        if case .ended(_, _, let ending) = proposal.phase, ending.index != closed.index {
            instants.append((ending.status == .enacted ? .enacted : .ended, ending.t))
        }
        return instants
    }

    private init?(_ kind: Kind, at t: Int64, of proposal: Proposal) {
        guard let vote = proposal.vote else { return nil }
        self.kind = kind
        self.t = t
        self.proposal = proposal.number
        self.vote = vote.leaf
        let name = "Proposal \(proposal.number)"
        let closes = AtomFeed.time(vote.closes)
        let counts =
            "Yes \(vote.tally.yes) of \(vote.quorum) needed, no \(vote.tally.no), "
            + "abstain \(vote.tally.abstain), of \(vote.electors) electors."
        let asks = Self.operations(proposal)
        switch kind {
        case .opened:
            title = "\(name): the vote is open until \(closes)"
            summary = "\(asks) Class \(vote.changeClass.rawValue)."
        case .closing:
            title = "\(name): the vote closes at \(closes)"
            summary = "\(asks) \(counts)"
        case .decided:
            title = "\(name): \(proposal.closing?.outcome.rawValue ?? "closed")"
            summary = "\(asks) \(counts)"
        case .enacted:
            title = "\(name) is in force"
            summary = asks
        case .ended:
            title = "\(name) is \(proposal.status.rawValue)"
            summary = asks
        }
    }

    /// What a proposal asks for: its first operations, by name.
    private static func operations(_ proposal: Proposal) -> String {
        let operations = proposal.proposing.content.words
        let shown = operations.prefix(3)
        let more = operations.count > 3 ? " and \(operations.count - 3) more" : ""
        let who = proposal.by == 0 ? "stewards" : "member \(proposal.by)"
        return "By \(who): \(shown.joined(separator: ", "))\(more)."
    }
}

extension VoteNews.Kind {
    /// The order of what happens at one instant.
    fileprivate var order: Int {
        switch self {
        case .opened: 0
        case .closing: 1
        case .decided: 2
        case .enacted, .ended: 3
        }
    }
}
