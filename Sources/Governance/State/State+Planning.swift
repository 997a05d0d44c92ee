import CanonicalJSON
package import Routing
import SSHSignature

extension State {
    /// What a payload would change on the state of the day.
    ///
    /// - Parameter number: The proposal that asks for it, once it has a number.
    /// - Complexity: That of planning: what overlaps, not the whole table.
    package func standing(of content: Payload, in number: Int? = nil) -> Proposal.Standing {
        if let objection = objection(to: content, in: number) { return .refused(objection) }
        return documentStanding(of: content)
    }

    /// What a proposal would change: on the state of the day while it is in discussion, then as it
    /// was voted on.
    ///
    /// - Complexity: That of planning while ``plan()`` is owed.
    package func standing(of proposal: Proposal) -> Proposal.Standing {
        guard proposal.status == .discussion else { return proposal.standing }
        let content = proposal.proposing.content
        if let objection = objection(to: content, in: proposal.number) {
            return .refused(objection)
        }
        return unplanned.contains(proposal.number)
            ? documentStanding(of: content) : proposal.standing
    }

    /// What the documents of a payload would change, whatever else it asks for; changes only when
    /// something is enacted.
    func documentStanding(of content: Payload) -> Proposal.Standing {
        guard let bundle = documentBundle(of: content) else {
            return .refused("what was in force before is not kept any more")
        }
        do {
            return .clean(planned(try Plan(bundle, on: documents), content))
        } catch {
            return .refused("\(error)")
        }
    }

    private func planned(_ plan: Plan, _ content: Payload) -> Planned {
        var whole = plan.value.object ?? JSONObject()
        var changeClass = plan.changeClass
        var reasons = content.documents.operations.isEmpty ? [] : plan.reasons
        if !content.isOfDocuments {
            whole["measures"] = .array(content.measureDigests.map { .string($0.hex) })
            for measure in content.measures {
                changeClass = max(changeClass, self.changeClass(of: measure))
                reasons.append(measure.reason)
            }
        }
        // A routine vote may put back what was before, whatever it took to change it.
        if case .revert = content.lone { changeClass = .routine }
        whole["class"] = nil
        let effect = ContentDigest(of: JSONValue.object(whole).canonicalOctets)
        whole["class"] = .string(changeClass.rawValue)
        let value = JSONValue.object(whole)
        return Planned(
            changeClass: changeClass, reasons: reasons,
            plan: ContentDigest(of: value.canonicalOctets), effect: effect, value: value)
    }

    private func changeClass(of measure: Measure) -> ChangeClass {
        switch measure {
        case .motion, .revert, .confirm: .routine
        case .admit, .recover, .stewards: .sensitive
        case .charter, .expel, .logKey: .constitutional
        case .void(let number): proposal(number)?.vote?.changeClass ?? .sensitive
        }
    }

    /// The operations on documents that a payload comes to: its own, or those that put back what
    /// was before.
    ///
    /// - Returns: `nil` for a revert whose documents before are not kept.
    package func documentBundle(of content: Payload) -> OperationBundle? {
        guard case .revert(let number) = content.lone else { return content.documents }
        guard let footprint = footprints.first(where: { $0.proposal == number }) else { return nil }
        return OperationBundle(
            footprint.before.map { $0.document.map(Operation.apply) ?? .delete($0.key) })
    }

    /// The documents after a proposal, enacted by the next entry.
    ///
    /// - Returns: `nil` when the table of the day does not allow it.
    func result(of proposal: Proposal) -> EnactmentResult? {
        guard let bundle = documentBundle(of: proposal.proposing.content) else { return nil }
        let enactment = Enactment(entry: entries, proposal: proposal.number)
        do {
            if bundle.operations.isEmpty || overlays.isEmpty {
                return .plain(try documents.change(by: bundle, enactment))
            }
            var documents = try documents.applying(bundle, by: enactment)
            var overlays = overlays
            let before = bundle.operations.map { ($0.key, self.documents[$0.key]) }
            overlays.end(
                over: documentChanges(bundle.operations, before), opened: proposal.vote?.index)
            overlays.settle(on: &documents)
            return .overlaid(documents, overlays)
        } catch {
            // The same fault that `standing(of:in:)` names; the caller finds the proposal stale.
            return nil
        }
    }

    /// Operations on documents beside what was in force before.
    func documentChanges(
        _ operations: [Operation], _ before: [(DocumentKey, RatifiedDocument?)]
    ) -> [ChangedDocument] {
        zip(operations, before).map { operation, before in
            ChangedDocument(
                key: operation.key, before: before.1, after: operation.proposed)
        }
    }

    /// What a queued proposal would change now.
    ///
    /// - Complexity: That of planning where an enactment may have changed what was voted on.
    func standing(ofQueued proposal: Proposal) -> Proposal.Standing {
        let content = proposal.proposing.content
        if let objection = objection(to: content, in: proposal.number) {
            return .refused(objection)
        }
        return outdated.contains(proposal.number)
            ? documentStanding(of: content) : proposal.standing
    }

    /// Notes, after documents changed, whose plans may have changed with them.
    ///
    /// What is in discussion is planned again once, when its vote may open, however often its plan
    /// is outdated until then.
    ///
    /// - Complexity: O(proposals not over), times what overlaps.
    mutating func outdatePlans(by change: PlanScope) {
        for number in active where !unplanned.contains(number) && !outdated.contains(number) {
            guard isPlanTouched(number, by: change) else { continue }
            if proposals[number - 1].status == .discussion {
                unplanned.insert(number)
            } else {
                outdated.insert(number)
            }
        }
    }

    private mutating func isPlanTouched(_ number: Int, by change: PlanScope) -> Bool {
        let content = proposals[number - 1].proposing.content
        switch content.lone {
        // Of what stands elsewhere than in the documents.
        case .revert, .void: return true
        default: break
        }
        if content.documents.operations.isEmpty { return false }
        if let scope = scopes[number] { return scope.isTouched(by: change) }
        let scope = PlanScope(content.documents.operations) { documents[$0]?.proposed }
        scopes[number] = scope
        return scope.isTouched(by: change)
    }

    /// Plans a proposal on the documents of the day, if it was planned on others.
    mutating func plan(_ number: Int) {
        guard unplanned.remove(number) != nil else { return }
        scopes[number] = nil
        proposals[number - 1].standing = documentStanding(
            of: proposals[number - 1].proposing.content)
    }

    /// Plans whatever was planned on other documents than those of the day.
    ///
    /// Changes no answer, only what answers take: for whoever is asked often.
    package mutating func plan() {
        guard !unplanned.isEmpty else { return }
        for number in unplanned { plan(number) }
        quietBound = earliestInstant(at: t)
    }
}

extension Measure {
    /// Why it has its class, in words.
    fileprivate var reason: String {
        switch self {
        case .motion: "a motion changes nothing"
        case .admit(let newcomers):
            newcomers.count == 1
                ? "a newcomer is admitted" : "\(newcomers.count) newcomers are admitted"
        case .expel(let member): "member \(member) is expelled"
        case .recover(let member, _): "member \(member) gets a new key in place of all others"
        case .revert(let proposal): "what was before proposal \(proposal) is put back"
        case .void(let proposal): "proposal \(proposal) is stopped"
        case .charter: "the charter changes"
        case .stewards(let members):
            members.isEmpty ? "the founders are stewards again" : "stewards are elected"
        case .logKey: "the log gets another key"
        case .confirm(let overlay): "the emergency of entry \(overlay) lasts"
        }
    }
}
