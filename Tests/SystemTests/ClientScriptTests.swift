import CanonicalJSON
import Foundation
import Governance
import SSHSignature
import TestKit
import Testing

/// `client.sh`: docs/formats.md is enough to take part with curl, jq, openssl and ssh-keygen.
@Suite struct ClientScriptTests {
    @Test
    func `a shell script written from the formats takes part from invitation to served route`()
        async throws
    {
        let community = try await Community(charter: try Self.charter())
        for (index, key) in community.keys.enumerated() {
            let name = community.names[index]
            let file = key.openSSHFile(checkInteger: UInt32(index), comment: name)
            let path = try community.folder.write(file, to: "invitations/\(name)")
            _ = try await CommandResult.of("chmod", ["600", path])
            try community.folder.write(
                key.publicKey.openSSHText, to: "invitations/\(name).pub")
        }
        let echo = try await Served.echo("reading")
        let council = try await Served.council(of: community)
        let gateway = try await Served.gateway(
            log: community.log.path, card: community.card, state: community.path("gateway"))
        let result = try await CommandResult.of(
            "bash",
            [
                Checkout.root.appendingPathComponent("Tests/SystemTests/client.sh").path,
                "http://\(council.address)", community.path("invitations"), echo.address,
                "http://\(gateway.address)",
            ] + community.names, within: .seconds(300))
        #expect(result.ending == .exited(0), "\(result.outputText)\(result.errorText)")
        #expect(result.outputText.hasSuffix("ok: everything held\n"))
        for process in [council, gateway, echo] { try await process.stop() }
    }

    /// A demonstration's rules, with a discussion and votes that last as long as a script takes.
    private static func charter() throws -> JSONValue {
        var charter = try #require(Charter.demonstration.object)
        var classes = try #require(charter["classes"]?.object)
        for member in classes.members {
            var rules = try #require(member.value.object)
            rules["discussion"] = "5s"
            rules["voting"] = "120s"
            classes[member.name] = .object(rules)
        }
        charter["classes"] = .object(classes)
        return .object(charter)
    }
}
