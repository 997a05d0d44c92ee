import Foundation
import TestKit
import Testing

/// The rules are written twice: the reducer, and a slow program in Python from the same page. They
/// must say the same to every entry, right or wrong, and end in the same state.
@Suite struct SecondImplementationTests {
    private static let seeds: [UInt64] = Array(101...106)
    private static let steps = 260

    @Test(arguments: seeds)
    func `both say the same of every entry of a history`(seed: UInt64) async throws {
        let trial = try Trial(seed: seed, steps: Self.steps)
        let folder = try TemporaryFolder()
        let input = try folder.write(trial.lines.joined(separator: "\n") + "\n", to: "entries")
        let program = Checkout.root.appendingPathComponent("Tests/Second/second.py").path
        let result = try await CommandResult.of(
            "python3", [program], inputFile: input, within: .seconds(400))
        #expect(result.ending == .exited(0), "\(result.errorText)")
        let answers = result.outputText.split(separator: "\n").map(String.init)
        try #require(answers.count == trial.verdicts.count + 1)
        let different = zip(answers, trial.verdicts).enumerated().first {
            !$0.element.0.hasPrefix($0.element.1)
        }
        #expect(
            different == nil,
            """
            line \(different?.offset ?? 0): \(different.map { trial.lines[$0.offset] } ?? "")
            first: \(different?.element.1 ?? "")
            second: \(different?.element.0 ?? "")
            """)
        #expect(answers.last == trial.state)
    }
}
