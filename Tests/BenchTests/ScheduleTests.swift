import Testing

@testable import Bench

@Suite struct `Schedule of an open load` {
    @Test func `instants are evenly spaced from the start on`() {
        var schedule = Schedule(startNs: 5_000, perSecond: 1_000_000)
        #expect((0..<4).map { _ in schedule.take() } == [5_000, 6_000, 7_000, 8_000])
    }

    @Test func `a rate that does not divide a second does not drift`() {
        var schedule = Schedule(startNs: 0, perSecond: 3)
        for _ in 0..<3_000 { _ = schedule.take() }
        #expect(schedule.nextNs == 1_000_000_000_000)
    }

    @Test(arguments: [(98, 0), (99, 1), (108, 1), (109, 2), (1_099, 101)])
    func `every instant that has passed is overdue until it is taken`(now: Int, count: Int) {
        let schedule = Schedule(startNs: 99, perSecond: 100_000_000)
        #expect(schedule.overdue(atNs: UInt64(now)) == count)
    }

    @Test func `what was taken is not overdue`() {
        var schedule = Schedule(startNs: 0, perSecond: 1_000_000)
        for _ in 0..<10 { _ = schedule.take() }
        #expect(schedule.overdue(atNs: 9_500) == 0)
        #expect(schedule.overdue(atNs: 12_500) == 3)
    }
}

@Suite struct `Ring of numbers` {
    @Test func `numbers leave in the order in which they came, however many there are`() {
        var ring = NumberRing()
        var out: [Int] = []
        for number in 0..<1_000 {
            ring.append(number)
            // Every third time one leaves, so that the ring grows while its start is anywhere.
            out += number % 3 == 0 ? [ring.popFirst()].compactMap(\.self) : []
        }
        while let number = ring.popFirst() { out.append(number) }
        #expect(out == Array(0..<1_000))
    }
}
