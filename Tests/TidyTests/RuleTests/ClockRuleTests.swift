import Testing

@Suite struct ClockRuleTests {
    @Test(arguments: [
        "let now = Date()", "let now = Date.now", "let now = ContinuousClock.now",
        "let clock = SuspendingClock()", "try await Task.sleep(for: .seconds(1))", "usleep(5)",
        "sleep(1)",
    ])
    func `the system's time is found outside the executables`(source: String) {
        for target in ["Council", "Proxy", "Documents", "CouncilTests"] {
            #expect(ClockRule().violations(in: SourceFile(source, in: target)).count == 1)
        }
        for target in ["commonway", "Bench", "SystemTests"] {
            #expect(ClockRule().violations(in: SourceFile(source, in: target)).isEmpty)
        }
    }

    @Test(arguments: [
        "let clock: ContinuousClock", "try await clock.sleep(for: period)",
        "let date = Date(timeIntervalSince1970: seconds)", "func sleep() {}", "// Date()",
    ])
    func `a clock that is handed in passes`(source: String) {
        #expect(ClockRule().violations(in: SourceFile(source, in: "Council")).isEmpty)
    }
}
