import Routing

extension State {
    /// What a proposal would change on the table of the day.
    ///
    /// - Complexity: That of planning: what overlaps, not the whole table.
    package func standing(of proposing: Proposing) -> Proposal.Standing {
        do {
            let plan = try Plan(proposing.bundle, on: documents)
            return .clean(
                Planned(
                    changeClass: plan.changeClass, reasons: plan.reasons, plan: plan.digest,
                    effect: plan.effectDigest, value: plan.value))
        } catch {
            return .refused("\(error)")
        }
    }

    /// The documents after a proposal, enacted by the next entry.
    ///
    /// - Returns: `nil` when the table of the day does not allow it.
    func result(of proposal: Proposal) -> DocumentSet? {
        let enactment = Enactment(entry: entries, proposal: proposal.number)
        do {
            return try documents.applying(proposal.proposing.bundle, by: enactment)
        } catch {
            // The same fault that `standing(of:)` names; the caller finds the proposal stale.
            return nil
        }
    }
}
