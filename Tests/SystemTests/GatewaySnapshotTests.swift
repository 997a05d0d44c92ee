import CanonicalJSON
import Forge
import Foundation
import Governance
import TestKit
import Testing

/// A gateway that starts again, with what it kept and with what somebody made of it.
@Suite struct GatewaySnapshotTests {
    /// A gateway that took a `state` entry, and so kept a snapshot; stopped.
    private static func stopped() async throws -> Followed {
        var followed = try await Followed()
        let state = followed.log.forge.state
        try followed.log.forge.append(state.stateClaim(at: followed.log.forge.t))
        try followed.log.enact([Samples.backend("shelf", port: 9)])
        let kept = try await Eventually.value(within: .seconds(20)) { () -> Bool? in
            FileManager.default.fileExists(atPath: file(followed).path) ? true : nil
        }
        #expect(kept == true)
        try await followed.gateway.stop()
        return followed
    }

    private static func file(_ followed: Followed) -> URL {
        URL(fileURLWithPath: followed.log.state + "/snapshot.json")
    }

    @Test func `a gateway begins with its snapshot, and serves the same`() async throws {
        var followed = try await Self.stopped()
        try await followed.start()
        _ = try await followed.gateway.program.errors.line(
            containing: "begun with the snapshot of")
        try await expect(followed.gateway, status: 200)
        #expect(try await followed.answers() == [200, 404])
        try await followed.stop()
    }

    @Test(arguments: ["another route in it", "no JSON"])
    func `an edited snapshot is not used, and nothing else is served`(edit: String) async throws {
        var followed = try await Self.stopped()
        let file = Self.file(followed)
        let text = try String(contentsOf: file, encoding: .utf8)
        let edited =
            edit == "no JSON"
            ? "{" + text : text.replacing("library.example", with: Followed.coveted)
        #expect(edited != text)
        try Data(edited.utf8).write(to: file)
        try await followed.start()
        _ = try await followed.gateway.program.errors.line(containing: "the snapshot is not used")
        try await expect(followed.gateway, status: 200)
        #expect(try await followed.answers() == [200, 404])
        try await followed.stop()
    }
}
