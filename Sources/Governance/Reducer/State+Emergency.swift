import Routing

extension State {
    /// Who may act in an emergency at a time, ascending.
    ///
    /// - Complexity: O(founders + elected).
    package func stewards(at t: Int64) -> [Int] {
        var stewards: Set<Int> = []
        if let election = overlays.election, t < election.until {
            stewards = Set(election.members.filter { member($0)?.isIn ?? false })
        }
        if stewards.count < 2, let constitution {
            stewards.formUnion(
                members.prefix(constitution.founders).filter(\.isIn).map(\.number))
        }
        return stewards.filter { t >= overlays.suspended[$0, default: t] }.sorted()
    }

    /// How many emergencies a steward signed within the period before a time.
    private func emergencies(of member: Int, at t: Int64) -> Int {
        let period = charter?.emergency.period.milliseconds ?? 0
        return overlays.signatures.count { $0.member == member && $0.t + period > t }
    }

    func refusalOfEmergency(
        _ emergency: Emergency, _ member: Member, at t: Int64
    ) -> Refusal? {
        if let refusal = refusalOfBeginning() { return refusal }
        guard stewards(at: t).contains(member.number), let charter else {
            let until = overlays.suspended[member.number].flatMap { t < $0 ? $0 : nil }
            return Refusal(
                .notASteward,
                until.map { "member \(member.number) lost that power until \($0)" }
                    ?? "member \(member.number) is no steward now",
                next: "ask one of members \(stewards(at: t).words)")
        }
        let most = charter.emergency.signatures
        guard emergencies(of: member.number, at: t) < most else {
            return Refusal(
                .tooManyEmergencies,
                "member \(member.number) signed \(most) in "
                    + "\(charter.emergency.period.milliseconds / 1000)s",
                next: "ask another steward")
        }
        if let refusal = refusalOfSubject(emergency, at: t) { return refusal }
        let key = emergency.key
        if let standing = overlays.emergency(on: key) {
            return refusalOfJoining(standing, emergency, member)
        }
        guard let overlay = overlay(for: emergency), overlays.stands(overlay, on: documents) else {
            return Refusal(
                .planRefused, "a route would name a backend or a port that is not there",
                next: "restore what it names first")
        }
        return nil
    }

    private func refusalOfSubject(_ emergency: Emergency, at t: Int64) -> Refusal? {
        switch emergency {
        case .disable(let route):
            guard documents[emergency.key] == nil else { return nil }
            return Refusal(
                .unknownDocument, "no route \(route) is in force", next: "see the documents")
        case .restore(let document):
            let restorable = charter?.emergency.restorable.milliseconds ?? 0
            let isInForce = documents[document.key]?.proposed.digest == document.digest
            guard !isInForce, let past = past(document), t <= past.t + restorable else {
                return Refusal(
                    .unknownDocument,
                    isInForce
                        ? "\(document.key.text) is in force exactly so"
                        : "\(document.key.text) was not in force so within "
                            + "\(restorable / 1000)s, or a vote put back what was before it",
                    next: "take one that the log has; anything else needs a vote")
            }
            return nil
        }
    }

    private func past(_ document: ProposedDocument) -> PastDocument? {
        overlays.past.first { $0.key == document.key && $0.digest == document.digest }
    }

    private func refusalOfJoining(
        _ standing: StandingOverlay, _ emergency: Emergency, _ member: Member
    ) -> Refusal? {
        guard standing.overlay.isSame(as: emergency) else {
            return Refusal(
                .overlaid,
                "another emergency is up on \(emergency.key.text), by entry "
                    + "\(standing.overlay.index)",
                next: "sign that one, or wait until it ends")
        }
        guard standing.confirmedBy == nil, !standing.signers.contains(member.number) else {
            return Refusal(
                .alreadySigned,
                standing.confirmedBy.map { "proposal \($0) decides on it" }
                    ?? "member \(member.number) signed it before",
                next: standing.confirmedBy == nil ? "ask another steward" : "vote on it")
        }
        return nil
    }

    /// What an emergency puts up as the next entry.
    private func overlay(for emergency: Emergency) -> Overlay? {
        switch emergency {
        case .disable:
            return Overlay(index: entries, key: emergency.key, change: .disable)
        case .restore(let document):
            guard let past = past(document) else { return nil }
            // It keeps the seniority of the name, while that is in force.
            let sequence = documents[document.key]?.sequence ?? entries
            return Overlay(
                index: entries, key: emergency.key,
                change: .restore(
                    RatifiedDocument(
                        proposed: document, sequence: sequence, enactment: past.enactment)))
        }
    }

    /// Puts an emergency up, or adds a signature to it; with enough of them a vote follows.
    mutating func act(_ emergency: Emergency, _ statement: Statement, at t: Int64) {
        guard let rules = charter?.emergency else { return }
        overlays.signatures.append(Overlays.StewardSignature(member: statement.by, t: t))
        overlays.signatures.removeAll { $0.t + rules.period.milliseconds <= t }
        let index: Int
        if let standing = overlays.emergency(on: emergency.key) {
            index = standing.overlay.index
            overlays.change(index) { $0.signers.append(statement.by) }
        } else if let overlay = overlay(for: emergency) {
            index = overlay.index
            overlays.up.append(
                StandingOverlay(
                    overlay: overlay, signers: [statement.by],
                    until: t + rules.alone.milliseconds))
            overlays.settle(on: &documents)
        } else {
            preconditionFailure("an emergency is judged before it is put up")
        }
        let signers = overlays.overlay(index)?.signers ?? []
        guard signers.count >= rules.together(of: electorCount(at: t)) else { return }
        let number = proposals.count + 1
        overlays.change(index) {
            $0.until = nil
            $0.confirmedBy = number
        }
        let proposing = Proposing(confirming: index)
        proposals.append(
            Proposal(
                number: number, by: 0, index: entries, proposed: t, refiles: nil,
                statement: statement.hash, proposing: proposing, start: t, sponsors: signers,
                lastSponsorAt: t, phase: .discussion,
                standing: documentStanding(of: proposing.content)))
        active.append(number)
    }

    /// What follows for an emergency when the proposal that confirms it has ended.
    mutating func concludeEmergency(_ number: Int, _ status: ProposalStatus, at t: Int64) {
        guard case .confirm(let index) = proposals[number - 1].proposing.content.lone,
            let rules = charter?.emergency, let standing = overlays.overlay(index)
        else { return }
        overlays.change(index) {
            $0.until = status == .enacted ? t + rules.confirmed.milliseconds : t
        }
        guard status == .failed || status == .noQuorum else { return }
        for signer in standing.signers {
            overlays.suspended[signer] = max(
                overlays.suspended[signer, default: 0], t + rules.suspended.milliseconds)
        }
    }

    /// Whether it is too early for anything that changes the table.
    func refusalOfBeginning() -> Refusal? {
        guard !hasBegun else { return nil }
        let needed = min(3, constitution?.founders ?? 0)
        return Refusal(
            .notBegun, "\(eligibility.count) of the \(needed) founders needed joined",
            next: "wait until they have logged in")
    }
}

extension Overlay {
    /// Whether it is what a steward asks for.
    fileprivate func isSame(as emergency: Emergency) -> Bool {
        switch (change, emergency) {
        case (.disable, .disable): true
        case (.restore(let up), .restore(let asked)): up.proposed.digest == asked.digest
        default: false
        }
    }
}

extension [Int] {
    /// `1, 2 and 3`; `none` for none.
    fileprivate var words: String {
        switch count {
        case 0: "none"
        case 1: "\(self[0])"
        default: dropLast().map(String.init).joined(separator: ", ") + " and \(self[count - 1])"
        }
    }
}
