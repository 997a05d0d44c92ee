import TestKit
import Testing

@Suite struct EventuallyTests {
    @Test func `asks until there is an answer`() async throws {
        var questions = 0
        let answer = try await Eventually.value(within: .seconds(30), pause: .zero) {
            questions += 1
            return questions == 3 ? "yes" : nil
        }
        #expect(answer == "yes")
        #expect(questions == 3)
    }

    @Test func `gives up when the limit has passed, after asking at least once`() async throws {
        var questions = 0
        let answer: String? = try await Eventually.value(within: .zero) {
            questions += 1
            return nil
        }
        #expect(answer == nil)
        #expect(questions == 1)
    }

    @Test func `an error ends the waiting`() async {
        await #expect(throws: ProgramFault.self) {
            try await Eventually.value(within: .seconds(30)) { () throws(ProgramFault) -> Int? in
                throw .notStarted(program: "x", cause: "y")
            }
        }
    }
}
