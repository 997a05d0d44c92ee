import Foundation
import TestKit

/// `commonway council` under faketime(1): its clock of the day is another one, what it sleeps is
/// not.
struct FakedCouncil {
    /// The address it printed.
    let address: String
    private let wrapper: RunningProgram
    private let process: Int32

    /// Starts it.
    ///
    /// The wrapper stays the parent, and passes no signal on; so the council says its number, and
    /// ends with its parent should a test fail.
    ///
    /// - Parameter clock: As `faketime -f` takes it, such as `+300s`.
    init(
        of community: Community, clock: String, at address: String = "127.0.0.1:0",
        environment: [String: String] = [:]
    ) async throws {
        wrapper = try RunningProgram(
            "faketime",
            [
                "-f", clock, "setpriv", "--pdeathsig", "KILL", "sh", "-c",
                "echo \"process $$\"; exec \"$@\"", "sh", try Checkout.program(), "council",
                "--data", community.data.path, "--council", address, "--password-cost",
                Community.passwordCost,
            ],
            environment: environment.merging(["FAKETIME_DONT_FAKE_MONOTONIC": "1"]) { $1 })
        let said = try await wrapper.output.line(containing: "process ")
        guard let process = Int32(said.split(separator: " ").last ?? "") else {
            throw Failure("no process: \(said)")
        }
        self.process = process
        let line = try await wrapper.output.line(containing: "http://")
        guard let word = line.split(separator: " ").last else { throw Failure(line) }
        self.address = String(word).replacing("http://", with: "")
    }

    /// Ends it as an operator would.
    func stop() async throws {
        kill(process, SIGTERM)
        _ = try await wrapper.ending()
    }
}
