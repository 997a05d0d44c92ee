import Routing
import SSHSignature

extension State {
    /// Which rule a statement would break if it were the next entry.
    ///
    /// - Parameter checked: The entry that would log it, its signatures verified.
    /// - Returns: `nil` when it would be applied.
    package func refusal(of checked: CheckedEntry, headInLog: Bool) -> Refusal? {
        guard let check = checked.signatures else { return nil }
        let t = checked.entry.t
        return refusal(of: check, at: t, headInLog: headInLog)
            ?? refusalOfPlan(standing(of: check, at: t))
    }

    /// What the operations that a statement puts forward would change on the state of the day;
    /// `nil` for an act without any.
    func standing(of check: SignatureCheck, at t: Int64) -> Proposal.Standing? {
        guard let content = check.signed.statement.act.proposing?.content else { return nil }
        let fault = check.enclosedFault ?? lateness(of: content, at: t)
        if let fault { return .refused(fault) }
        return standing(of: content)
    }

    /// Why it is too late to ask for a payload.
    private func lateness(of content: Payload, at t: Int64) -> String? {
        if let statement = content.enclosed.first(where: { $0.until < t }) {
            return "a statement in it expired at \(statement.until)"
        }
        guard case .revert(let number) = content.lone,
            case .ended(_, _, let ending)? = proposal(number)?.phase, let charter
        else { return nil }
        let last = ending.t + charter.revertWithin.milliseconds
        return t <= last ? nil : "proposal \(number) could be reverted until \(last)"
    }

    /// Whether it cannot be planned.
    func refusalOfPlan(_ standing: Proposal.Standing?) -> Refusal? {
        guard case .refused(let why) = standing else { return nil }
        return Refusal(.planRefused, why, next: "mend the documents and propose again")
    }

    /// Every rule but ``RefusalCode/planRefused``, which is the dearest to judge.
    func refusal(of check: SignatureCheck, at t: Int64, headInLog: Bool) -> Refusal? {
        let statement = check.signed.statement
        if let refusal = refusalOfTime(statement, at: t) { return refusal }
        guard let member = member(statement.by) else {
            return Refusal(
                .unknownMember, "there is no member \(statement.by)",
                next: "see the members for your number")
        }
        guard member.left == nil else {
            return Refusal(
                .noLongerAMember, "member \(member.number) left at \(member.left ?? 0)",
                next: "ask a member to propose your admission")
        }
        if let refusal = refusalOfSigner(statement, member, check) { return refusal }
        if let refusal = refusalOfRate(member, at: t) { return refusal }
        switch statement.act {
        case .join(let digest): return refusalOfJoin(digest, member)
        case .key(let key): return refusalOfKey(key, member, cosigner: check.cosigner)
        case .retire(let key, let stolen): return refusalOfRetiring(key, member, stolen: stolen)
        case .leave: return nil
        case .propose(let proposing, let refiles):
            return refusalOfProposing(proposing, refiles: refiles, member, at: t)
        case .revise(let number, let proposing):
            return refusalOfRevising(number, proposing, member, at: t)
        case .sponsor(let number, let payload):
            return refusalOfSponsoring(number, payload, member)
        case .withdraw(let number): return refusalOfWithdrawing(number, member)
        case .remark(let number, _, _): return refusalOfRemark(number, member)
        case .ballot(let ballot): return refusalOfBallot(ballot, member, headInLog: headInLog)
        case .endpoints(let change): return refusalOfEndpoints(change, member)
        case .undo(let kept): return refusalOfUndoing(kept, member, at: t)
        case .emergency(let emergency): return refusalOfEmergency(emergency, member, at: t)
        }
    }

    private func refusalOfTime(_ statement: Statement, at t: Int64) -> Refusal? {
        // Octet by octet: Swift takes two spellings of a text with accents for equal.
        guard statement.log.utf8.elementsEqual(origin.utf8) else {
            return Refusal(
                .wrongLog, "signed for \"\(statement.log)\", this log is \"\(origin)\"",
                next: "sign again with this log's origin")
        }
        guard t <= statement.until else {
            return Refusal(
                .expired, "its until \(statement.until) has passed at \(t)",
                next: "sign again with a later until")
        }
        let validity = charter?.limits.statementValidity.milliseconds ?? 0
        guard statement.until <= t + validity else {
            return Refusal(
                .untilTooFar, "its until lies more than \(validity / 1000)s ahead",
                next: "sign again with an until of at most \(t + validity)")
        }
        guard !seen.contains(statement.hash) else {
            return Refusal(.duplicate, "it is in the log already", next: "nothing is left to do")
        }
        return nil
    }

    private func refusalOfSigner(
        _ statement: Statement, _ member: Member, _ check: SignatureCheck
    ) -> Refusal? {
        guard check.fault == nil, let signer = check.signer else {
            return Refusal(
                .badSignature,
                "the signature does not hold: \(check.fault ?? "none was found")",
                next: "sign the canonical octets in namespace \(statement.act.namespace)")
        }
        guard member.keys.contains(where: { $0.key == signer }) else {
            return Refusal(
                .keyNotInForce, "\(signer.fingerprint) is not a key of member \(member.number)",
                next: "sign with one of the member's keys, or enrol this one")
        }
        if case .join = statement.act { return nil }
        guard member.joined != nil else {
            return Refusal(
                .notJoined, "member \(member.number) has not signed join",
                next: "run commonway login, which signs join")
        }
        return nil
    }

    private func refusalOfRate(_ member: Member, at t: Int64) -> Refusal? {
        let most = charter?.limits.statementsPerDay ?? 0
        let today = member.day == Member.day(of: t) ? member.statementsThatDay : 0
        guard today < most else {
            return Refusal(
                .tooManyStatements, "member \(member.number) made \(most) statements today",
                next: "wait for the next day (UTC)")
        }
        return nil
    }

    private func refusalOfJoin(_ digest: ContentDigest, _ member: Member) -> Refusal? {
        guard let constitution else {
            return Refusal(.notConstituted, "the founding is not complete", next: "wait for it")
        }
        guard member.joined == nil else {
            return Refusal(
                .alreadyJoined, "member \(member.number) has joined", next: "nothing is left to do")
        }
        guard digest == constitution.digest else {
            return Refusal(
                .wrongDigest, "the founding's digest is \(constitution.digest.hex)",
                next: "check the community card, then sign again over that digest")
        }
        return nil
    }
}
