/// The requests of one hour, by kind, within bounds.
struct TrafficHour: Hashable, Sendable {
    /// The most kinds that keep their rule. A community of a hundred rules, each asked for on a
    /// few hosts by a few methods, fits.
    static let kindsMax = 1_024

    /// Of these, the most that keep their host: what floods hosts leaves room for rules.
    static let hostedMax = 768

    /// The most kinds of one rule that keep their host, so that a flood of one rule's hosts (or of
    /// hosts that no rule serves) leaves room for those of others.
    static let hostedPerRuleMax = 256

    /// How many requests of each kind.
    private(set) var counts: [TrafficKind: Int64] = [:]
    private var hostedOfRule: [String: Int] = [:]
    private var hostedCount = 0
    private var kindsCount = 0

    /// Adds requests; those for whose host or rule there is no room are counted without.
    ///
    /// - Returns: As what they were counted.
    mutating func add(_ count: Int64, of kind: TrafficKind) -> TrafficKind {
        let place = place(of: kind)
        if counts[place] == nil {
            if place.rule != TrafficKind.otherRule { kindsCount += 1 }
            if !place.host.isEmpty {
                hostedCount += 1
                hostedOfRule[place.rule, default: 0] += 1
            }
        }
        let sum = counts[place, default: 0].addingReportingOverflow(count)
        counts[place] = min(sum.overflow ? .max : sum.partialValue, TrafficSummary.countMax)
        return place
    }

    private func place(of kind: TrafficKind) -> TrafficKind {
        if kind.rule == TrafficKind.otherRule { return kind.other }
        if counts[kind] != nil { return kind }
        if !kind.host.isEmpty {
            let isRoom =
                hostedCount < Self.hostedMax
                && hostedOfRule[kind.rule, default: 0] < Self.hostedPerRuleMax
            return isRoom && kindsCount < Self.kindsMax ? kind : place(of: kind.withoutHost)
        }
        return kindsCount < Self.kindsMax ? kind : kind.other
    }
}
