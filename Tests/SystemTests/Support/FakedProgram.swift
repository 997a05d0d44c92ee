import Foundation
import TestKit

/// The built program under faketime(1): its clock of the day is another one, what it sleeps is not.
struct FakedProgram {
    /// The wrapper, whose output is the program's.
    let wrapper: RunningProgram
    private let process: Int32

    /// Starts it.
    ///
    /// The wrapper stays the parent, and passes no signal on; so the program says its number, and
    /// ends with its parent should a test fail.
    ///
    /// - Parameters:
    ///   - clock: As `faketime -f` takes it, such as `+300s`.
    ///   - first: What the shell does that then becomes the program.
    init(
        _ arguments: [String], clock: String, environment: [String: String], first: String = ":"
    ) async throws {
        wrapper = try RunningProgram(
            "faketime",
            [
                "-f", clock, "setpriv", "--pdeathsig", "KILL", "sh", "-c",
                "echo \"process $$\"; \(first); exec \"$@\"", "sh", try Checkout.program(),
            ] + arguments, environment: environment)
        let said = try await wrapper.output.line(containing: "process ")
        guard let process = Int32(said.split(separator: " ").last ?? "") else {
            throw Failure("no process: \(said)")
        }
        self.process = process
    }

    /// The address that it printed for a role, `council` or `gateway`.
    func address(of role: String) async throws -> String {
        let line = try await wrapper.output.line(containing: "\(role) http://")
        guard let word = line.split(separator: " ").dropFirst().first else { throw Failure(line) }
        return String(word).replacing("http://", with: "")
    }

    /// Ends it as an operator would.
    func stop() async throws {
        kill(process, SIGTERM)
        _ = try await wrapper.ending()
    }
}
