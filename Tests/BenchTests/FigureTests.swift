import Foundation
import Testing

@testable import Bench

@Suite struct `Figures` {
    private static let medians: [([Double], Double)] = [
        ([], 0), ([3], 3), ([9, 1, 5], 5), ([4, 1, 3, 2], 2.5),
    ]

    @Test(arguments: medians)
    func `a median stands in the middle`(numbers: [Double], median: Double) {
        #expect(Statistics.median(numbers) == median)
    }

    @Test func `a spread is a part of the median`() {
        #expect(Statistics.spread([9, 10, 12]) == 0.3)
        #expect(Statistics.spread([0, 0]) == 0)
    }

    @Test func `a figure has exactly the five members of the format`() throws {
        let figure = Figure("a.b", ours: 1.23456, peer: "nginx", value: 2)
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(figure))
        let members = try #require(object as? [String: Any])
        #expect(Set(members.keys) == ["name", "ours", "peer", "value", "ratio"])
        #expect(members["ours"] as? Double == 1.235)
        #expect(members["ratio"] as? Double == 0.617)
    }

    @Test func `a ratio to nothing is 1 for nothing and null for anything else`() {
        #expect(Figure("failed", ours: 0, peer: "goal", value: 0).ratio == 1)
        #expect(Figure("failed", ours: 3, peer: "goal", value: 0).ratio == nil)
    }

    @Test func `a goal is reached at its bound`() {
        let most = Goal(figure: "cpu", peers: [], bound: .atMost(0.85))
        let least = Goal(figure: "octets", peers: [], bound: .atLeast(1))
        #expect(most.isReached(by: 0.85) && !most.isReached(by: 0.86))
        #expect(least.isReached(by: 1) && !least.isReached(by: 0.99))
    }

    @Test func `the fixed rate follows the slowest but Caddy, in round hundreds`() {
        let series = [
            ("commonway", 80_000.0), ("nginx", 60_590), ("haproxy", 70_000), ("caddy", 9),
        ]
        .map { name, rate in
            var series = Series(name: name)
            series.add(.sample(rate: rate))
            return series
        }
        #expect(RequestCost.fixedRate(series) == 42_400)
    }

    @Test func `what was overdue at the end was not kept up with`() {
        var report = CrowdReport(crowd: 0)
        (report.answered, report.failed, report.waiting, report.overdue) = (70, 1, 4, 25)
        #expect(report.keptUp == 0.75)
        #expect(CrowdReport(crowd: 0).keptUp == 1)
    }
}

extension Round {
    /// A turn of which only the rate matters.
    fileprivate static func sample(rate: Double) -> Round {
        Round(
            user: 1, system: 1, rate: rate, p50: 1, p99: 1, keptUp: 1, coreShare: 1, loadShare: 1,
            otherShare: 0)
    }
}
