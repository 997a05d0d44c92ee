import Foundation
import TestKit

/// `commonway council` under faketime(1).
struct FakedCouncil {
    /// The address it printed.
    let address: String
    private let program: FakedProgram

    /// Starts it.
    ///
    /// - Parameter clock: As `faketime -f` takes it, such as `+300s`.
    init(
        of community: Community, clock: String, at address: String = "127.0.0.1:0",
        environment: [String: String] = [:]
    ) async throws {
        program = try await FakedProgram(
            [
                "council", "--data", community.data.path, "--council", address, "--password-cost",
                Community.passwordCost,
            ], clock: clock,
            environment: environment.merging(["FAKETIME_DONT_FAKE_MONOTONIC": "1"]) { $1 })
        self.address = try await program.address(of: "council")
    }

    /// Ends it as an operator would.
    func stop() async throws { try await program.stop() }
}
