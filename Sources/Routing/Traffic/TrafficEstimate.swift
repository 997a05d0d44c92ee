/// Which share of recorded requests a bundle moves, as far as their summary can tell.
///
/// Paths, queries and headers are not recorded, so each number is a bound: the requests that were
/// counted move at least so often and at most so often. Both hold whatever the paths were, as long
/// as the counts are what the gateways saw, which nobody verifies; so it is shown beside a plan and
/// is no part of it.
package struct TrafficEstimate: Hashable, Sendable {
    /// The requests that move between two rules.
    package struct Share: Hashable, Sendable {
        /// From which rule to which.
        package let move: Plan.Move
        /// So many move surely: all that their host, method and rule allow for do.
        package fileprivate(set) var atLeast: Int64 = 0
        /// No more move: all others are of another host, method or rule.
        package fileprivate(set) var atMost: Int64 = 0
    }

    /// All requests that were counted.
    package let requests: Int64

    /// Those of them that another table than the present one decided, or one not known any more.
    /// What rule would serve them now is not known, so they count in `atMost` only.
    package private(set) var decidedEarlier: Int64 = 0

    /// The moves of the plan, sorted.
    package private(set) var shares: [Share]

    /// Requests that move at all: at least, at most.
    package private(set) var atLeast: Int64 = 0
    /// See ``atLeast``.
    package private(set) var atMost: Int64 = 0

    /// The most comparisons of requests counted earlier with changes: past them a request counts as
    /// one that may move anywhere.
    private static let comparisonsMax = 5_000_000

    /// Estimates.
    ///
    /// - Parameters:
    ///   - summary: What gateways counted.
    ///   - report: Which requests the bundle moves.
    ///   - base: The documents in force, on which it was planned.
    /// - Complexity: O(kinds of requests × changes), bounded.
    package init(_ summary: TrafficSummary, of report: ShadowReport, on base: DocumentSet) {
        requests = summary.total
        let moves = Dictionary(grouping: report.changes, by: \.move)
        shares = moves.keys.sorted().map { Share(move: $0) }
        let counted = CountedRequests(summary, table: base.citedTable)
        var certainty = TrafficCertainty(base)
        var placesFrom: [String: [Int]] = [:]
        for (place, share) in shares.enumerated() {
            placesFrom[share.move.before, default: []].append(place)
        }
        for (rule, kinds) in counted.present {
            guard let places = placesFrom[rule] else { continue }
            let changes = places.map { moves[shares[$0].move] ?? [] }
            for (kind, count) in kinds {
                let fitting = places.indices.filter { index in
                    changes[index].contains { $0.requests.mayHold(kind) }
                }
                let sure = fitting.first {
                    certainty.isSure(kind, of: rule, moveBy: changes[$0])
                }
                add(count, to: sure.map { [places[$0]] } ?? fitting.map { places[$0] })
                guard let sure else { continue }
                shares[places[sure]].atLeast += count
                atLeast += count
            }
        }
        addEarlier(counted.earlier, moves)
    }

    private mutating func add(_ count: Int64, to places: [Int]) {
        for place in places { shares[place].atMost += count }
        if !places.isEmpty { atMost += count }
    }

    private mutating func addEarlier(
        _ kinds: [CountedKind: Int64], _ moves: [Plan.Move: [ShadowReport.Change]]
    ) {
        /// What of a change decides whether a request may be of it.
        struct Pattern: Hashable {
            let host: Hostname?
            let method: String?
        }
        let patterns = shares.map { share in
            Set(
                (moves[share.move] ?? []).map {
                    Pattern(host: $0.requests.host, method: $0.requests.method)
                })
        }
        var comparisons = 0
        for (kind, count) in kinds {
            decidedEarlier += count
            comparisons += patterns.reduce(0) { $0 + $1.count }
            let isOver = comparisons > Self.comparisonsMax
            let places = patterns.indices.filter { place in
                isOver || patterns[place].contains { kind.mayBe(of: $0.host, $0.method) }
            }
            add(count, to: places)
        }
    }
}

extension ShadowReport.Change {
    /// From which rule to which.
    fileprivate var move: Plan.Move {
        Plan.Move(before: before?.rule ?? "", after: after?.rule ?? "")
    }
}

extension DocumentSet {
    /// The digest of the table as it is cited.
    fileprivate var citedTable: String { String(tableDigest.hex.prefix(TrafficKind.tableDigits)) }
}

/// What was counted, by what an estimate asks.
private struct CountedRequests {
    /// By rule, as the table in force decided them.
    private(set) var present: [String: [CountedKind: Int64]] = [:]
    /// Those of whose rule nothing is known that holds today.
    private(set) var earlier: [CountedKind: Int64] = [:]

    init(_ summary: TrafficSummary, table: String) {
        for (kind, count) in summary.counts {
            let asked = CountedKind(host: kind.host, method: kind.method)
            if kind.table == table && kind.rule != TrafficKind.otherRule {
                present[kind.rule, default: [:]][asked, default: 0] += count
            } else {
                earlier[asked, default: 0] += count
            }
        }
    }
}
