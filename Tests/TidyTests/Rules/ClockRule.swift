/// Shells are handed a clock, and tests wait for events: the system's time is read, and waited on,
/// in the executables alone.
///
/// The pure rooms have stricter rules, see ``PurityRule``.
struct ClockRule: Rule {
    let name = "clock"

    /// Programs; and for tests, the kit whose waits have a limit, and those that run programs.
    static let targets: Set<String> = ["commonway", "Bench", "TestKit", "SystemTests"]

    private static let clocks: Set<String> = ["ContinuousClock", "SuspendingClock"]
    private static let sleeps: Set<String> = ["nanosleep", "sleep", "usleep"]

    func violations(in file: SourceFile) -> [Violation] {
        guard let target = file.target, !Self.targets.contains(target) else { return [] }
        return file.code.indices.filter { readsTime($0, in: file.code) }.map {
            violation(
                file, file.code[$0].line, "`\(file.code[$0].text)` is the system's time",
                "take a clock or an instant as an argument; a test waits for what happens")
        }
    }

    private func readsTime(_ index: Int, in code: [Lexeme]) -> Bool {
        let word = code[index]
        let before = index > 0 ? code[index - 1] : nil
        let next = index + 1 < code.count ? code[index + 1] : nil
        if word.kind == .word, Self.clocks.contains(word.text) {
            // A parameter's or property's type takes a clock; a call or member makes one.
            return next?.isCode("(") == true || next?.isCode(".") == true
        }
        if word.isCode("Date") {
            let isNow = index + 2 < code.count && code[index + 2].isCode(")")
            let isMember = index + 2 < code.count && code[index + 2].isCode("now")
            return next?.isCode("(") == true && isNow || next?.isCode(".") == true && isMember
        }
        guard word.kind == .word, Self.sleeps.contains(word.text), next?.isCode("(") == true
        else { return false }
        // `clock.sleep(…)` waits on the clock that was handed in.
        let isTask = index > 1 && code[index - 2].isCode("Task")
        return before?.isCode(".") != true && before?.isCode("func") != true || isTask
    }
}
