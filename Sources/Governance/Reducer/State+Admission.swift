import CanonicalJSON
import Routing

extension State {
    /// When newcomers who wait are admitted; `nil` while nobody waits.
    var admissionDue: Transition? {
        guard !waiting.isEmpty, let charter else { return nil }
        let period = charter.admission.period.milliseconds
        let candidates = [waitingSince] + admissions.map { $0.t + period }
        let instant = candidates.filter { room(for: 1, at: $0) > 0 }.min()
        return instant.map { Transition(instant: $0, proposal: 0, kind: .admit) }
    }

    /// How many were admitted within the period before a time.
    private func admitted(within period: Int64, at t: Int64) -> Int {
        admissions.reduce(0) { $0 + ($1.t + period > t ? $1.count : 0) }
    }

    /// How many of so many who wait can be admitted at a time.
    func room(for count: Int, at t: Int64) -> Int {
        guard let rules = charter?.admission else { return 0 }
        let recent = admitted(within: rules.period.milliseconds, at: t)
        // Newcomers make no room for newcomers of the same period.
        let cap = rules.cap(of: max(0, memberCount - recent))
        return min(count, max(0, cap - recent))
    }

    /// The entry that admits newcomers who waited.
    func admitClaim(at t: Int64) -> JSONValue {
        [
            "v": 1, "kind": "admit", "t": .integer(t),
            "count": .integer(Int64(room(for: waiting.count, at: t))),
            "members": .integer(Int64(members.count)),
        ]
    }

    /// Gives newcomers their numbers and admits as many as there is room for.
    mutating func enlist(_ newcomers: [EnclosedStatement], at t: Int64) {
        if waiting.isEmpty { waitingSince = t }
        for newcomer in newcomers {
            guard case .newcomer(let handle) = newcomer.speaker else { continue }
            let number = members.count + 1
            holders[newcomer.key] = number
            members.append(
                Member(
                    number: number, handle: handle, joined: nil, electorFrom: nil,
                    keys: [Member.EnrolledKey(key: newcomer.key, from: t)]))
            waiting.append(number)
        }
        admitWaiting(at: t)
    }

    /// Admits as many of those who wait as there is room for.
    mutating func admitWaiting(at t: Int64) {
        guard let charter else { return }
        let count = room(for: waiting.count, at: t)
        guard count > 0 else { return }
        for number in waiting.prefix(count) {
            let from = t + charter.tenure.milliseconds
            members[number - 1].joined = t
            members[number - 1].electorFrom = from
            addEligibility(from)
        }
        waiting.removeFirst(count)
        admissions.removeAll { $0.t + charter.admission.period.milliseconds <= t }
        admissions.append(Admission(t: t, count: count))
    }

    /// Ends a membership.
    mutating func depart(_ number: Int, expelled: Bool, at t: Int64) {
        members[number - 1].left = t
        members[number - 1].expelled = expelled
        if let from = members[number - 1].electorFrom { removeEligibility(from) }
    }
}
