import TestKit
import Testing

@testable import Proxy

@Suite struct `Weighted turns` {
    @Test(arguments: [1, 2, 3, 10, 97, 100, 1_000, 65_536, 100_003])
    func `every position comes exactly once a round`(total: UInt64) {
        var turn = WeightedTurn(total: total, seed: 12_345)
        var seen = [Bool](repeating: false, count: Int(total))
        for _ in 0..<total { seen[Int(turn.next())] = true }
        #expect(seen.allSatisfy { $0 })
    }

    @Test func `a tenth is spread over the round and not bunched`() {
        var turn = WeightedTurn(total: 100, seed: 7)
        var longestGap = 0
        var gap = 0
        for _ in 0..<1_000 {
            gap += 1
            if turn.next() >= 90 {
                longestGap = max(longestGap, gap)
                gap = 0
            }
        }
        #expect(longestGap <= 20)
    }
}

@Suite struct `Date text` {
    private func text(_ seconds: Int64) -> String {
        var date = DateText()
        date.update(seconds)
        return String(decoding: (0..<DateText.octets).map { date.text[$0] }, as: UTF8.self)
    }

    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
    ])
    func `dates are written as the standard's`(seconds: Int64, expected: String) {
        #expect(text(seconds) == expected)
    }
}
