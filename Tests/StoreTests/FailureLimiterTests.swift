import Council
import Routing
import Testing

@testable import Store

@Suite struct FailureLimiterTests {
    private func stranger(_ number: Int) -> FailureLimiter.Key {
        .stranger(ContentDigest(of: Array("\(number)".utf8)))
    }

    @Test func `ten attempts may fail, the eleventh waits for the window's end`() {
        var limiter = FailureLimiter()
        let waits = (0...10).map { limiter.charge(.member(1), now: Int64($0)) }
        #expect(waits == [Int64?](repeating: nil, count: 10) + [899_990])
    }

    @Test func `an attempt that was taken back does not count`() {
        var limiter = FailureLimiter()
        for _ in 0..<100 {
            #expect(limiter.charge(.member(1), now: 0) == nil)
            limiter.takeBack(.member(1))
        }
    }

    @Test func `strangers push out strangers and no member`() {
        var limiter = FailureLimiter()
        for _ in 0..<10 {
            _ = limiter.charge(.member(1), now: 0)
            _ = limiter.charge(stranger(-1), now: 0)
        }
        for number in 0..<FailureLimiter.strangersMax {
            _ = limiter.charge(stranger(number), now: 1)
        }
        #expect(limiter.charge(.member(1), now: 2) != nil)
        #expect(limiter.charge(stranger(-1), now: 2) == nil)
    }

    @Test func `an instant at the end of time does not trap`() {
        var limiter = FailureLimiter()
        #expect(limiter.charge(.member(1), now: .max) == nil)
    }
}
