import CanonicalJSON
import TestKit
import Testing

@testable import Routing

/// Requests as a gateway counts them.
private struct Recorder {
    var summary = TrafficSummary()

    mutating func record(_ request: ReadRequest, _ count: Int64, by table: RouteTable) {
        let isKnown = TrafficKind.methods.contains(request.method)
        summary.add(
            count,
            of: TrafficKind(
                table: String(table.digest.hex.prefix(16)),
                rule: table.matchName(for: request.sent)?.rule ?? "", host: request.host,
                method: isKnown ? request.method : "", status: .successful),
            in: 1)
    }
}

extension TrafficEstimate {
    fileprivate func share(_ move: Plan.Move) -> Share? { shares.first { $0.move == move } }
}

@Suite struct `Traffic estimate` {
    /// An estimate for a week of one request each.
    private func estimate(
        _ documents: String, _ change: String, _ requests: [(String, String, String)]
    ) throws -> TrafficEstimate {
        let set = try DocumentSet(enacting: documents)
        var recorder = Recorder()
        let table = RouteTable(compiling: set)
        for (method, host, path) in requests {
            let request = ReadRequest(
                host: host, path: path, method: method, headers: [:], query: [:])
            recorder.record(request, 1, by: table)
        }
        return TrafficEstimate(
            recorder.summary, of: try ShadowReport(try bundle(change), on: set), on: set)
    }

    private func route(_ name: String, host: String, _ paths: String...) -> String {
        let matches = paths.map { "{path: {type: PathPrefix, value: \($0)}}" }
        return "{kind: HTTPRoute, name: \(name), hostnames: [\(host)], "
            + "rules: [{matches: [\(matches.joined(separator: ", "))]}]}"
    }

    private let requests = [
        ("GET", "a.org", "/"), ("GET", "a.org", "/new"), ("POST", "a.org", "/x"),
        ("GET", "b.org", "/"),
    ]

    @Test func `a narrower route takes none of a rule's requests, or all of them`() throws {
        let found = try estimate(
            route("old", host: "a.org", "/"), route("new", host: "a.org", "/new"), requests)
        let move = Plan.Move(before: "old/#1", after: "new/#1")
        #expect(found.shares.map(\.move) == [move])
        #expect(found.shares.map(\.atLeast) == [0])
        #expect(found.shares.map(\.atMost) == [3])
        #expect(found.requests == 4)
        #expect(found.decidedEarlier == 0)
    }

    @Test func `all requests of a rule that goes move, whatever others took`() throws {
        let found = try estimate(
            [route("old", host: "a.org", "/"), route("new", host: "a.org", "/new")]
                .joined(separator: "\n---\n"),
            "[{op: delete, kind: HTTPRoute, name: old}]", requests)
        #expect(found.share(Plan.Move(before: "old/#1", after: ""))?.atLeast == 2)
        #expect(found.share(Plan.Move(before: "old/#1", after: ""))?.atMost == 2)
        #expect(found.atLeast == 2)
        #expect(found.atMost == 2)
    }

    @Test func `requests of hosts that the move is not about do not count`() throws {
        let found = try estimate(
            route("old", host: "\"*.org\"", "/"), route("new", host: "a.org", "/"), requests)
        #expect(found.shares.map(\.atLeast) == [3])
        #expect(found.shares.map(\.atMost) == [3])
    }

    @Test func `requests that nothing served move when a route comes`() throws {
        let found = try estimate(
            route("old", host: "a.org", "/"), route("new", host: "b.org", "/"), requests)
        #expect(found.shares.map(\.move) == [Plan.Move(before: "", after: "new/#1")])
        #expect(found.shares.map(\.atLeast) == [1])
        #expect(found.shares.map(\.atMost) == [1])
    }

    @Test func `what another table decided may move, and is no certainty`() throws {
        let set = try DocumentSet(enacting: route("old", host: "a.org", "/"))
        var summary = TrafficSummary()
        for (rule, host) in [("old/#1", "a.org"), ("gone/#1", "a.org"), ("old/#1", "b.org")] {
            let kind = TrafficKind(
                table: "0123456789abcdef", rule: rule, host: host, method: "GET",
                status: .successful)
            summary.add(10, of: kind, in: 1)
        }
        let report = try ShadowReport(
            try bundle("[{op: delete, kind: HTTPRoute, name: old}]"), on: set)
        let found = TrafficEstimate(summary, of: report, on: set)
        #expect(found.shares.map(\.atLeast) == [0])
        #expect(found.shares.map(\.atMost) == [20])
        #expect(found.decidedEarlier == 30)
    }

    @Test func `what was counted without its host may move, and is no certainty`() throws {
        let set = try DocumentSet(enacting: route("old", host: "\"*.org\"", "/"))
        var summary = TrafficSummary()
        let kind = TrafficKind(
            table: String(set.tableDigest.hex.prefix(16)), rule: "old/#1", host: "",
            method: "GET", status: .successful)
        summary.add(10, of: kind, in: 1)
        let change = try bundle(route("new", host: "a.org", "/"))
        let found = TrafficEstimate(summary, of: try ShadowReport(change, on: set), on: set)
        #expect(found.shares.map(\.atLeast) == [0])
        #expect(found.shares.map(\.atMost) == [10])
    }

    @Test func `it says that nobody verified it`() throws {
        let found = try estimate(
            route("old", host: "a.org", "/"), route("new", host: "b.org", "/"), requests)
        #expect(
            found.value.canonicalText == #"{"atLeast":1,"atMost":1,"decidedEarlier":0,"#
                + #""moves":[{"after":"new/#1","atLeast":1,"atMost":1,"before":""}],"#
                + #""requests":4,"verified":false}"#)
    }
}

@Suite struct TrafficEstimateExactness {
    /// What an estimate says of some requests that is not so.
    private func wrong(
        _ estimate: TrafficEstimate, of moved: [Plan.Move: Int64], all: Int64
    ) -> [String] {
        let shares = estimate.shares.filter { share in
            let truth = moved[share.move] ?? 0
            return share.atLeast > truth || truth > share.atMost
        }
        let known = Set(estimate.shares.map(\.move))
        let sum = moved.values.reduce(0, +)
        return shares.map { "\($0) \(moved[$0.move] ?? 0)" }
            + moved.keys.filter { !known.contains($0) }.map { "\($0) is missing" }
            + (estimate.atLeast > sum || sum > estimate.atMost ? ["the sum \(sum)"] : [])
            + (estimate.requests == all ? [] : ["\(all)"])
    }

    @Test(arguments: 0..<60)
    func `the truth lies within, whatever was asked for`(seed: Int) throws {
        var world = ShadowWorld(seed: UInt64(seed))
        var random = SeededGenerator(seed: UInt64(seed))
        var set = DocumentSet()
        var former = RouteTable(compiling: set)
        var certain: Int64 = 0
        for number in 0..<16 {
            let bundle = try OperationBundle(
                validating: .array(world.operations(on: set)))
            let report = try ShadowReport(bundle, on: set)
            let before = RouteTable(compiling: set)
            let old = set
            try set.apply(bundle, by: Enactment(entry: 20 + number, proposal: number))
            let after = RouteTable(compiling: set)
            var recorder = Recorder()
            var moved: [Plan.Move: Int64] = [:]
            var all: Int64 = 0
            for request in ShadowWorld.requests(of: [old, set])
            where Int.random(in: 0..<3, using: &random) == 0 {
                let count = Int64.random(in: 1...9, using: &random)
                // Some were counted before the table in force was.
                let isEarly = Int.random(in: 0..<10, using: &random) == 0
                recorder.record(request, count, by: isEarly ? former : before)
                all += count
                let move = Plan.Move(
                    before: before.matchName(for: request.sent)?.rule ?? "",
                    after: after.matchName(for: request.sent)?.rule ?? "")
                if move.before != move.after { moved[move, default: 0] += count }
            }
            let estimate = TrafficEstimate(recorder.summary, of: report, on: old)
            #expect(
                wrong(estimate, of: moved, all: all).isEmpty, "seed \(seed) step \(number)")
            certain += estimate.atLeast
            former = before
        }
        // A bound that never says anything would hold too.
        #expect(certain > 0, "seed \(seed)")
    }
}
