internal import CanonicalJSON

/// How many requests there were, by hour: what a gateway keeps of its traffic, within bounds.
///
/// Nobody signs or verifies it, so it never enters a class, a digest or the log: it only helps
/// people to see what a proposal would move. What finds no room is counted with less said of it,
/// and nothing is left out. Pure: hours are arguments, counted since 1970 (UTC).
package struct TrafficSummary: Hashable, Sendable {
    /// The most hours that are kept: seven days.
    package static let hoursMax = 168

    /// The most different hosts in all hours together.
    package static let hostsMax = 4_096

    /// The most different rules in all hours together.
    package static let rulesMax = 4_096

    /// The highest count: beyond it a number is no JSON integer that all read alike.
    package static let countMax = JSONValue.integerRange.upperBound

    /// Seconds of an hour.
    package static let hourSeconds: Int64 = 3_600

    /// The requests of each hour.
    private(set) var hours: [Int64: TrafficHour] = [:]
    private var hosts: Set<String> = []
    private var rules: Set<String> = []

    /// A summary of no requests.
    package init() {}

    /// Whether nothing was counted.
    package var isEmpty: Bool { hours.isEmpty }

    /// The hours in which something was counted, ascending.
    package var hoursCounted: [Int64] { hours.keys.sorted() }

    /// How many requests of each kind there were in an hour.
    package func counts(in hour: Int64) -> [TrafficKind: Int64] { hours[hour]?.counts ?? [:] }

    /// How many requests of each kind there were, in all hours together.
    package var counts: [TrafficKind: Int64] {
        var sums: [TrafficKind: Int64] = [:]
        for hour in hours.values {
            // A sum of hours stays far below what an integer holds.
            sums.merge(hour.counts) { $0 &+ $1 }
        }
        return sums
    }

    /// How many requests there were.
    package var total: Int64 {
        hours.values.reduce(0) { sum, hour in hour.counts.values.reduce(sum, &+) }
    }

    /// Adds requests.
    ///
    /// Where there are ``hoursMax`` hours already, the oldest goes; an hour before all of them is
    /// too old to be counted.
    ///
    /// - Parameters:
    ///   - count: How many; nothing happens for fewer than 1.
    ///   - hour: When, in hours since 1970.
    package mutating func add(_ count: Int64, of kind: TrafficKind, in hour: Int64) {
        guard count > 0, makeRoom(for: hour) else { return }
        let kept = hours[hour, default: TrafficHour()].add(count, of: bounded(kind))
        // Only what was kept takes room: a flood that an hour turns away leaves it to others.
        rules.insert(kept.rule)
        if !kept.host.isEmpty { hosts.insert(kept.host) }
    }

    /// Adds what another one has counted.
    package mutating func merge(_ other: TrafficSummary) {
        for (hour, counts) in other.hours.sorted(by: { $0.key < $1.key }) {
            // In order, so that what finds room does not depend on a hash.
            for (kind, count) in counts.counts.sorted(by: { $0.key < $1.key }) {
                add(count, of: kind, in: hour)
            }
        }
    }

    /// Forgets what is older than seven days, and what a clock that was wrong put later than now.
    ///
    /// - Parameter hour: The present one.
    package mutating func keepWeek(endingWith hour: Int64) {
        let first = hour.subtractingReportingOverflow(Int64(Self.hoursMax) - 1)
        let week = (first.overflow ? .min : first.partialValue)...hour
        if hours.keys.allSatisfy(week.contains) { return }
        hours = hours.filter { week.contains($0.key) }
        forgetUnused()
    }

    private mutating func makeRoom(for hour: Int64) -> Bool {
        if hours[hour] != nil || hours.count < Self.hoursMax { return true }
        guard let oldest = hours.keys.min(), oldest < hour else { return false }
        hours[oldest] = nil
        forgetUnused()
        return true
    }

    /// The kind, without what there is no room for in the whole.
    private func bounded(_ kind: TrafficKind) -> TrafficKind {
        if rules.count >= Self.rulesMax, !rules.contains(kind.rule) { return kind.other }
        if hosts.count >= Self.hostsMax, !hosts.contains(kind.host) { return kind.withoutHost }
        return kind
    }

    private mutating func forgetUnused() {
        hosts = []
        rules = []
        for hour in hours.values {
            for kind in hour.counts.keys {
                if !kind.host.isEmpty { hosts.insert(kind.host) }
                rules.insert(kind.rule)
            }
        }
    }
}
