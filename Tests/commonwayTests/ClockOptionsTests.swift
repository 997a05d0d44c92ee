import Testing

@testable import commonway

@Suite struct ClockOptionsTests {
    private func options(_ interval: Int) -> ClockOptions {
        var options = ClockOptions()
        options.clockInterval = interval
        return options
    }

    @Test(arguments: [5, 200, 10_000])
    func `an interval within its bounds is taken`(interval: Int) throws {
        let options = options(interval)
        #expect(try options.milliseconds() == Int64(interval))
        #expect(options.arguments == ["--clock-interval", "\(interval)"])
    }

    @Test(arguments: [4, 10_001, 0, -1])
    func `one beyond them is refused by name, with what to do`(interval: Int) throws {
        let options = options(interval)
        let complaint = #expect(throws: Complaint.self) { try options.milliseconds() }
        #expect(complaint?.what == "\(interval) is not 5…10000 milliseconds")
        #expect(complaint?.next?.hasPrefix("leave it out") == true)
    }
}
