import CanonicalJSON
import Routing

extension State {
    /// Gives a proposal whose delay is over its effect, or ends it without.
    mutating func finish(_ number: Int, _ outcome: EnactmentOutcome, at t: Int64) {
        switch outcome {
        case .lapse: end(number, .lapsed, at: t)
        case .stale: end(number, .stale, at: t)
        case .enact(let result): enact(number, result, at: t)
        }
    }

    private mutating func enact(_ number: Int, _ result: EnactmentResult, at t: Int64) {
        let proposal = proposals[number - 1]
        let content = proposal.proposing.content
        let changed = documentBundle(of: content)?.operations ?? []
        let before = changed.map { ($0.key, documents[$0.key]) }
        let scope = PlanScope(changed) { documents[$0]?.proposed }
        switch result {
        case .plain(let change): documents.apply(change)
        case .overlaid(let changed, let laid): (documents, overlays) = (changed, laid)
        }
        conclude(number, proposal.vote, proposal.closing, .enacted, at: t)
        for measure in content.measures { take(measure, at: t) }
        keepFootprint(of: number, content, before, at: t)
        keepPast(content, changed, before, at: t)
        supersede(changed, before, by: number)
        outdatePlans(by: scope)
    }

    /// Gives a measure its effect.
    private mutating func take(_ measure: Measure, at t: Int64) {
        switch measure {
        case .motion: break
        case .admit(let newcomers): enlist(newcomers, at: t)
        case .expel(let member): depart(member, expelled: true, at: t)
        case .recover(let number, let statement):
            members[number - 1].retired += members[number - 1].keys.map(\.key)
            members[number - 1].keys = [Member.EnrolledKey(key: statement.key, from: t)]
            holders[statement.key] = number
        case .revert(let target): restate(target, .reverted)
        case .void(let target): end(target, .void, at: t)
        case .charter(_, let proposed): charter = proposed
        case .stewards(let members):
            let term = charter?.emergency.term.milliseconds ?? 0
            overlays.election = StewardElection(members: members, until: t + term)
        case .logKey(let change):
            formerLogKeys.append(logKey)
            logKey = change.key
        case .confirm: break
        }
    }

    /// Keeps what goes out of force for stewards to restore; not what a vote put back from.
    private mutating func keepPast(
        _ content: Payload, _ changed: [Operation], _ before: [(DocumentKey, RatifiedDocument?)],
        at t: Int64
    ) {
        var changes: [ChangedDocument] = []
        if case .revert = content.lone {} else { changes = documentChanges(changed, before) }
        overlays.keep(
            changes, for: charter?.emergency.restorable.milliseconds ?? 0, at: t)
    }

    /// Keeps what was in force before, for as long as a vote may revert it.
    private mutating func keepFootprint(
        of number: Int, _ content: Payload, _ before: [(DocumentKey, RatifiedDocument?)],
        at t: Int64
    ) {
        let within = charter?.revertWithin.milliseconds ?? 0
        footprints.removeAll { $0.t + within < t }
        guard content.isOfDocuments else { return }
        let sorted = before.sorted { $0.0 < $1.0 }
        footprints.append(
            Footprint(proposal: number, t: t, before: sorted.map { ($0.0, $0.1?.proposed) }))
    }

    /// Counts what is in force by whom, and says of whom nothing is any more.
    private mutating func supersede(
        _ changed: [Operation], _ before: [(DocumentKey, RatifiedDocument?)], by number: Int
    ) {
        var losers: Set<Int> = []
        for case (_, let document?) in before {
            let loser = document.enactment.proposal
            documentsInForce[loser, default: 0] -= 1
            losers.insert(loser)
        }
        for case .apply in changed { documentsInForce[number, default: 0] += 1 }
        for loser in losers.sorted() where documentsInForce[loser] == 0 {
            documentsInForce[loser] = nil
            if proposals[loser - 1].status == .enacted { restate(loser, .superseded) }
        }
    }
}
