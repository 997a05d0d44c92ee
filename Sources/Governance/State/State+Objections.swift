import CanonicalJSON
import Routing
import SSHSignature

extension State {
    /// Why a payload's measures cannot be taken on the state of the day; `nil` when they can.
    ///
    /// - Parameter number: The proposal that asks for it, once it has a number.
    /// - Complexity: O(newcomers).
    func objection(to content: Payload, in number: Int?) -> String? {
        for measure in content.measures {
            if let objection = objection(to: measure, in: number) { return objection }
        }
        return nil
    }

    private func objection(to measure: Measure, in number: Int?) -> String? {
        switch measure {
        case .motion: nil
        case .admit(let newcomers): objection(toAdmitting: newcomers)
        case .expel(let member): objection(toNaming: member)
        case .recover(let member, let statement):
            objection(toNaming: member) ?? objection(to: statement)
        case .revert(let target): objection(toReverting: target)
        case .void(let target): objection(toVoiding: target, in: number)
        case .charter(let base, let proposed): objection(to: proposed, base: base)
        case .stewards(let members):
            members.lazy.compactMap { objection(toNaming: $0) }.first
        case .logKey(let change):
            change.objection(origin: origin, inForce: logKey, former: formerLogKeys)
        case .confirm(let overlay):
            overlays.overlay(overlay) == nil
                ? "the emergency of entry \(overlay) has ended" : nil
        }
    }

    private func objection(toAdmitting newcomers: [EnclosedStatement]) -> String? {
        let most = charter?.admission.batch ?? 0
        guard newcomers.count <= most else {
            return "\(newcomers.count) newcomers; the charter allows \(most) a proposal"
        }
        var keys: Set<PublicKey> = []
        for newcomer in newcomers {
            if let objection = objection(to: newcomer) { return objection }
            guard keys.insert(newcomer.key).inserted else {
                return "two newcomers have the key \(newcomer.key.fingerprint)"
            }
        }
        return nil
    }

    private func objection(to statement: EnclosedStatement) -> String? {
        guard statement.log.utf8.elementsEqual(origin.utf8) else {
            return
                "a statement in it was signed for \"\(statement.log)\", this log is \"\(origin)\""
        }
        guard holders[statement.key] == nil else {
            return "\(statement.key.fingerprint) is or was a member's key already"
        }
        return nil
    }

    private func objection(toNaming number: Int) -> String? {
        guard let member = member(number) else { return "there is no member \(number)" }
        guard member.isIn else { return "\(number) is no member now" }
        return nil
    }

    private func objection(toReverting number: Int) -> String? {
        guard let target = proposal(number) else { return "there is no proposal \(number)" }
        guard target.proposing.content.isOfDocuments else {
            return "proposal \(number) changes more than documents; propose what is to be"
        }
        guard target.status == .enacted else {
            return "proposal \(number) is \(target.status.rawValue), not enacted"
        }
        for operation in target.proposing.content.documents.operations {
            let current = documents[operation.key]
            let isAsLeft =
                if case .apply = operation {
                    current?.enactment.proposal == number
                } else {
                    current == nil
                }
            guard isAsLeft else {
                return "\(operation.key.text) has changed since proposal \(number)"
            }
        }
        guard footprints.contains(where: { $0.proposal == number }) else {
            return "what was in force before proposal \(number) is not kept any more"
        }
        return nil
    }

    private func objection(toVoiding number: Int, in own: Int?) -> String? {
        guard let target = proposal(number) else { return "there is no proposal \(number)" }
        guard target.status == .queued else {
            return "proposal \(number) is \(target.status.rawValue), not queued"
        }
        if case .void = target.proposing.content.lone {
            return "proposal \(number) is itself a void"
        }
        guard target.voidVote == nil || target.voidVote == own else {
            return "there was a vote to void proposal \(number) before"
        }
        return nil
    }

    private func objection(to proposed: Charter, base: ContentDigest) -> String? {
        guard let charter else { return "no charter is in force" }
        guard base == charter.digest else {
            return "the charter in force is \(charter.digest.hex), not the base \(base.hex)"
        }
        guard proposed.digest != charter.digest else {
            return "that charter is in force; nothing would change"
        }
        return nil
    }
}
