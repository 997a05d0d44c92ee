/// Law 2: time, identifiers and seeds are arguments of the pure targets; these do nothing else
/// than compute.
struct PurityRule: Rule {
    let name = "pure"

    private static let clocks: Set<String> = [
        "Clock", "ContinuousClock", "Date", "DispatchTime", "SuspendingClock", "SystemClock",
        "clock_gettime", "gettimeofday",
    ]
    /// `hashValue` differs from process to process.
    private static let chance: Set<String> = [
        "SystemRandomNumberGenerator", "UUID", "arc4random", "getrandom", "hashValue",
    ]
    /// Made from nothing, a key is a random one and a hasher has the process's seed; to be handed
    /// a hasher, as `hash(into:)` is, is no fault.
    private static let chanceFromNothing: Set<String> = ["Hasher", "PrivateKey"]
    private static let chanceMembers: Set<String> = [
        "random", "randomElement", "shuffle", "shuffled",
    ]
    private static let concurrency: Set<String> = [
        "AsyncSequence", "AsyncStream", "Task", "TaskGroup", "Thread", "async", "await",
        "withCheckedContinuation", "withTaskGroup",
    ]
    private static let outside: Set<String> = [
        "FileHandle", "FileManager", "Logger", "ProcessInfo", "debugPrint", "dump", "fopen",
        "getenv", "print", "readLine",
    ]

    func violations(in file: SourceFile) -> [Violation] {
        guard case .source(let target) = file.place, Room.named(target)?.isPure == true
        else { return [] }
        return file.code.indices.compactMap { index in
            guard file.code[index].kind == .word, let fault = fault(at: index, in: file.code)
            else { return nil }
            return violation(
                file, file.code[index].line,
                "\(target) is pure and has no \(fault), but here is `\(file.code[index].text)`",
                "let the caller hand the value in")
        }
    }

    private func fault(at index: Int, in code: [Lexeme]) -> String? {
        let word = code[index].text
        let isMember = index > 0 && code[index - 1].isCode(".")
        // A parameter's label or a declared name of ours calls nothing.
        let isDeclared =
            index > 0 && ["func", "case", "let", "var"].contains(code[index - 1].text)
        let isLabel = index + 1 < code.count && code[index + 1].isCode(":")
        if Self.concurrency.contains(word), !isDeclared { return "concurrency" }
        if Self.clocks.contains(word), !isMember { return "clock" }
        if Self.chance.contains(word) { return "randomness" }
        if Self.chanceMembers.contains(word), isMember { return "randomness" }
        if Self.chanceFromNothing.contains(word), isCalledWithoutArguments(index, code) {
            return "randomness"
        }
        if Self.outside.contains(word), !isMember, !isDeclared, !isLabel {
            return "input, output or logging"
        }
        return nil
    }

    private func isCalledWithoutArguments(_ index: Int, _ code: [Lexeme]) -> Bool {
        index + 2 < code.count && code[index + 1].isCode("(") && code[index + 2].isCode(")")
    }
}
