import TestKit
import Testing

@testable import Bench

@Suite struct `Histogram of latencies` {
    @Test func `nothing recorded has no percentile`() {
        #expect(Latencies().percentile(0.99) == 0)
    }

    @Test(arguments: [0, 1, 127, 128, 129, 1_000, 65_535, 65_536, 1_234_567, 9_876_543_210])
    func `a percentile is off by less than 1 %`(nanoseconds: UInt64) {
        var latencies = Latencies()
        latencies.record(nanoseconds: nanoseconds)
        let exact = Double(nanoseconds) / 1000
        #expect(abs(latencies.percentile(0.5) - exact) <= exact / 100)
    }

    @Test func `half lie at or below the median, and 99 of 100 at or below p99`() {
        var latencies = Latencies()
        for microseconds in 1...100 { latencies.record(nanoseconds: UInt64(microseconds) * 1000) }
        #expect(latencies.count == 100)
        #expect(abs(latencies.percentile(0.50) - 50) < 0.5)
        #expect(abs(latencies.percentile(0.99) - 99) < 1)
    }

    @Test func `percentiles of random latencies are those of the sorted list`() {
        var random = SeededGenerator(seed: 20)
        let all = (0..<2_000).map { _ in UInt64.random(in: 1_000...50_000_000, using: &random) }
        var latencies = Latencies()
        for nanoseconds in all { latencies.record(nanoseconds: nanoseconds) }
        let sorted = all.sorted()
        for part in [0.01, 0.25, 0.5, 0.9, 0.99, 1] {
            let exact = Double(sorted[Int((part * 2_000).rounded(.up)) - 1]) / 1000
            #expect(abs(latencies.percentile(part) - exact) <= exact / 100, "seed 20, \(part)")
        }
    }

    @Test func `what is longer than any run counts as the longest`() {
        var latencies = Latencies()
        latencies.record(nanoseconds: .max)
        #expect(latencies.percentile(1) > 1_000_000_000)
    }
}
