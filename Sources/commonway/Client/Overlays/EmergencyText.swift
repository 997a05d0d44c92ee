import CanonicalJSON
import Governance

/// What a steward's signature will do, in words, before it is made. Pure.
struct EmergencyText: Sendable {
    /// What happens to requests, a line each.
    let effect: [String]
    /// The same emergency, where others signed it already.
    let standing: JSONValue?
    /// How many stewards let it last until a vote has decided.
    let together: Int64
    /// How many emergencies this steward may still sign.
    let left: Int64
    /// The charter's rules; `nil` when this program does not know its form.
    let rules: EmergencyRules?
    /// The time now, milliseconds since 1970.
    let now: Int64

    /// Everything, a line each.
    var lines: [String] { effect + time + ["  \(allowance)"] }

    private var signed: Int64 { Int64(standing?["by"]?.array?.count ?? 0) }

    private var time: [String] {
        let missing = together - signed - 1
        guard missing > 0 else { return ["  with your signature: \(vote)"] + outcome }
        let until = standing?["until"]?.integer ?? rules.map { now + $0.alone.milliseconds }
        let ends = until.map {
            "  until \(Moment.text($0)) (\(Moment.span($0 - now))); then it ends by itself"
        }
        let others = missing == 1 ? "1 more steward signs" : "\(missing) more stewards sign"
        return [soFar, ends, "  when \(others) before that: \(vote)"].compactMap(\.self) + outcome
    }

    private var soFar: String? {
        standing.map {
            "  up by entry \($0["index"]?.integer ?? 0), signed by \(MemberText.list($0["by"]))"
        }
    }

    private var vote: String { "it stays until a routine vote, opened at once, has decided" }

    private var outcome: [String] {
        guard let rules else { return [] }
        return [
            "    carried: it lasts \(Moment.span(rules.confirmed.milliseconds)) more",
            "    not carried: it ends, and who signed is no steward for "
                + Moment.span(rules.suspended.milliseconds),
        ]
    }

    private var allowance: String {
        let period = rules.map { " of \($0.signatures) in \(Moment.span($0.period.milliseconds))" }
        return "you can sign \(left)\(period ?? ""); this is one of them"
    }
}
