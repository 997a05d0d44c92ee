import Reactor
import Testing

@Suite struct `Timer wheel` {
    /// Turns a wheel from one time to another and notes when each timer fired.
    private func firings(
        of deadlines: [Int64], from startMs: Int64, toMs endMs: Int64, stepMs: Int64
    ) -> [Int: Int64] {
        var wheel = TimerWheel(capacity: deadlines.count, nowMs: startMs)
        for (timer, deadline) in deadlines.enumerated() { wheel.arm(timer, atMs: deadline) }
        var fired: [Int: Int64] = [:]
        var now = startMs
        while now <= endMs {
            wheel.advance(toMs: now)
            while let timer = wheel.nextExpired() { fired[timer] = now }
            now += stepMs
        }
        return fired
    }

    @Test func `a timer never fires early and at most two ticks late`() throws {
        let start: Int64 = 1_000_003
        let deadlines = (0..<400).map { start + Int64($0 * $0 * 2) }
        let fired = firings(of: deadlines, from: start, toMs: start + 330_000, stepMs: 1)
        for (timer, deadline) in deadlines.enumerated() {
            let at = try #require(fired[timer])
            #expect(at >= deadline)
            #expect(at <= deadline + 2 * TimerWheel.tickMs)
        }
    }

    @Test func `a deadline beyond the wheel's span is kept`() throws {
        let fired = firings(of: [400_000], from: 7, toMs: 500_000, stepMs: 10)
        let at = try #require(fired[0])
        #expect(at >= 400_000 && at < 400_100)
    }

    @Test func `after a long sleep everything that is due fires once`() {
        var wheel = TimerWheel(capacity: 100, nowMs: 0)
        for timer in 0..<100 { wheel.arm(timer, atMs: Int64(timer) * 3_000) }
        wheel.advance(toMs: 1_000_000)
        var fired: [Int] = []
        while let timer = wheel.nextExpired() { fired.append(timer) }
        #expect(fired.sorted() == Array(0..<100))
    }

    @Test func `a timer that moves later fires only at the later time`() {
        var wheel = TimerWheel(capacity: 1, nowMs: 0)
        wheel.arm(0, atMs: 100)
        wheel.arm(0, atMs: 900)
        wheel.advance(toMs: 500)
        #expect(wheel.nextExpired() == nil)
        wheel.advance(toMs: 950)
        #expect(wheel.nextExpired() == 0)
    }

    @Test func `a timer that moves earlier fires at the earlier time`() {
        var wheel = TimerWheel(capacity: 1, nowMs: 0)
        wheel.arm(0, atMs: 60_000)
        wheel.arm(0, atMs: 100)
        wheel.advance(toMs: 150)
        #expect(wheel.nextExpired() == 0)
        wheel.advance(toMs: 70_000)
        #expect(wheel.nextExpired() == nil)
    }

    @Test func `a stopped timer does not fire`() {
        var wheel = TimerWheel(capacity: 3, nowMs: 0)
        for timer in 0..<3 { wheel.arm(timer, atMs: 100) }
        wheel.disarm(1)
        wheel.advance(toMs: 200)
        var fired: Set<Int> = []
        while let timer = wheel.nextExpired() { fired.insert(timer) }
        #expect(fired == [0, 2])
    }

    @Test(arguments: [1, 17, 1_000, 60_000, 65_000])
    func `the wait until the next timer is never longer than the timer`(after: Int64) {
        var wheel = TimerWheel(capacity: 1, nowMs: 12_345)
        wheel.arm(0, atMs: 12_345 + after)
        #expect(Int64(wheel.waitMs()) <= after + 2 * TimerWheel.tickMs)
        #expect(Int64(wheel.waitMs()) >= min(after, 1))
    }
}
