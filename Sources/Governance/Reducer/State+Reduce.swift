package import CanonicalJSON
import Routing

extension State {
    /// Takes the next entry.
    ///
    /// - Parameters:
    ///   - checked: The entry whose index is ``entries``.
    ///   - headInLog: For a ballot, whether the head that it names was one of this log, which only
    ///     whoever holds the tree can say; otherwise without meaning.
    /// - Returns: Applied, or void with the rule that a member's statement breaks.
    /// - Throws: ``Contradiction``; the state is then as before.
    /// - Complexity: O(log n) for statements; planning for what changes the table.
    @discardableResult
    package mutating func reduce(
        _ checked: CheckedEntry, headInLog: Bool
    ) throws(Contradiction) -> Verdict {
        let entry = checked.entry
        guard entry.t >= t else { throw contradiction(.timeFell(from: t, to: entry.t)) }
        let verdict: Verdict
        if constitution == nil {
            try reduceFounding(checked)
            verdict = .applied
        } else {
            if succession != nil, !isSuccession(entry) {
                throw contradiction(.outOfPlace(kind(of: entry)))
            }
            let due = isSuccession(entry) ? nil : planFirstDue(at: entry.t)
            // What a `state` entry claims is the state before it, so before time went on to it.
            let claimed = entry.isStateClaim ? stateClaim(at: entry.t) : nil
            let before = moment(before: entry.t)
            passTime(to: entry.t)
            defer { outage = 0 }
            do throws(Contradiction) {
                if let due {
                    try perform(due, claimedBy: checked)
                    verdict = .applied
                } else if let claimed {
                    try expect(claimed, checked)
                    verdict = .applied
                } else {
                    verdict = try reduceUndue(checked, headInLog: headInLog)
                }
            } catch {
                before.restore(&self)
                throw error
            }
        }
        t = entry.t
        entries += 1
        seen.forget(before: t)
        return verdict
    }

    private func isSuccession(_ entry: Entry) -> Bool {
        if case .succession = entry.body { true } else { false }
    }

    /// What passing time changes, to undo it when the entry turns out to be none.
    private struct Moment {
        let t: Int64
        let quietBound: Int64
        let phases: [(number: Int, phase: Proposal.Phase)]

        func restore(_ state: inout State) {
            state.t = t
            state.quietBound = quietBound
            for (number, phase) in phases { state.proposals[number - 1].phase = phase }
        }
    }

    private func moment(before later: Int64) -> Moment {
        let phases =
            outage(before: later) > 0 ? active.map { ($0, proposals[$0 - 1].phase) } : []
        return Moment(t: t, quietBound: quietBound, phases: phases)
    }

    func contradiction(_ reason: Contradiction.Reason) -> Contradiction {
        Contradiction(index: entries, reason: reason)
    }

    /// An entry at whose time nothing is due.
    private mutating func reduceUndue(
        _ checked: CheckedEntry, headInLog: Bool
    ) throws(Contradiction) -> Verdict {
        switch checked.entry.body {
        case .genesis: throw contradiction(.outOfPlace("genesis"))
        case .founders: throw contradiction(.outOfPlace("founders"))
        case .statement: return reduceStatement(checked, headInLog: headInLog)
        case .refusal(let refusal): try reduceRefusal(refusal)
        case .succession(let statements):
            try reduceSuccession(statements, checked, headInLog: headInLog)
        case .claim(let claim):
            switch claim.kind {
            case .tick:
                try expect(["v": 1, "kind": "tick", "t": .integer(checked.entry.t)], checked)
            case .state: preconditionFailure("a state entry is compared before time goes on")
            case .constituted, .open, .extend, .close, .enact, .stale, .lapse, .expire, .admit,
                .lift:
                throw contradiction(.early(claim.kind, proposal: claim.proposal))
            }
        }
        return .applied
    }

    private mutating func reduceRefusal(_ refusal: OperatorRefusal) throws(Contradiction) {
        guard let result = refusing(refusal.subject, isPermit: refusal.isPermit) else {
            throw contradiction(
                .badRefusal(
                    "\(refusal.subject.text) is not in force, \(refusal.isPermit ? "not " : "")"
                        + "refused already, or too much is"))
        }
        guard result.documents.tableDigest == refusal.table else {
            throw contradiction(
                .wrongClaim(
                    member: "table", expected: result.documents.tableDigest.hex,
                    found: refusal.table.hex))
        }
        (documents, overlays) = result
        quietBound = earliestInstant(at: t)
    }

    private mutating func reduceStatement(_ checked: CheckedEntry, headInLog: Bool) -> Verdict {
        guard let check = checked.signatures else {
            preconditionFailure("an entry that logs a statement comes with its signatures")
        }
        let t = checked.entry.t
        if let refusal = refusal(of: check, at: t, headInLog: headInLog) { return void(refusal) }
        // Planned once, to judge it and to keep.
        let standing = standing(of: check, at: t)
        if let refusal = refusalOfPlan(standing) { return void(refusal) }
        apply(check, standing, at: t)
        return .applied
    }

    private mutating func void(_ refusal: Refusal) -> Verdict {
        voids += 1
        return .void(refusal)
    }

    /// Compares a claim with what the rules give, member by member.
    func expect(_ expected: JSONValue, _ checked: CheckedEntry) throws(Contradiction) {
        let found = checked.entry.value
        guard expected != found else { return }
        let names = (expected.object?.members ?? []) + (found.object?.members ?? [])
        for name in ["kind"] + names.map(\.name) where expected[name] != found[name] {
            throw contradiction(
                .wrongClaim(
                    member: name, expected: expected[name]?.canonicalText ?? "none",
                    found: found[name]?.canonicalText ?? "none"))
        }
    }

    /// The kind of an entry, for messages.
    func kind(of entry: Entry) -> String { entry.value["kind"]?.string ?? "entry" }

    /// The `state` entry that may come next.
    package func stateClaim(at t: Int64) -> JSONValue {
        ["v": 1, "kind": "state", "t": .integer(t), "digest": .string(digest.hex)]
    }
}
