import Routing

/// What follows for those who want to act or to see what others did; no rule asks for it here.
extension State {
    /// How many emergencies a steward may still sign at a time; 0 for whoever is none.
    ///
    /// - Complexity: O(signatures within the charter's period).
    package func emergenciesLeft(of member: Int, at t: Int64) -> Int {
        guard let rules = charter?.emergency, stewards(at: t).contains(member) else { return 0 }
        let signed = overlays.signatures.count {
            $0.member == member && $0.t + rules.period.milliseconds > t
        }
        return max(0, rules.signatures - signed)
    }

    /// What stewards may restore at a time, by name; of one name what went last comes first.
    package func restorable(at t: Int64) -> [PastDocument] {
        let restorable = charter?.emergency.restorable.milliseconds ?? 0
        return overlays.past.filter { past in
            t <= past.t + restorable && documents[past.key]?.proposed.digest != past.digest
        }.sorted { ($0.key, $1.t) < ($1.key, $0.t) }
    }

    /// The number of a proposal that has a past document among its operations: the one that had
    /// put it in force, or, when that one put back what was before, an earlier one.
    ///
    /// - Complexity: O(1), of what was put back O(proposals before).
    package func proposal(writing past: PastDocument) -> Int? {
        proposals.prefix(max(0, past.enactment.proposal)).last { proposal in
            proposal.proposing.content.documents.operations.contains {
                $0.key == past.key && $0.proposed?.digest == past.digest
            }
        }?.number
    }
}
