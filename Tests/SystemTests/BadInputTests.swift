import CanonicalJSON
import Foundation
import Governance
import TestKit
import Testing

/// Bad input at every door: a clear error, no crash, nothing changed.
@Suite struct BadInputTests {
    @Test func `the API answers bad bodies with problems and lives`() async throws {
        let community = try await Community(charter: Charter.demonstration)
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        let before = try await citizens[0].api.call("GET", "/checkpoint")
        let bodies: [[UInt8]] = [
            [], Array("{".utf8), Array("[]".utf8), Array("{\"stmt\":null}".utf8),
            Array("{\"stmt\":{},\"sig\":3}".utf8), Array("{\"stmt\":{\"act\":\"fly\"}}".utf8),
            Array("{\"a\":1.5}".utf8), [0xFF, 0xFE, 0x00], Array(repeating: 0x5B, count: 100_000),
            Array(("{\"stmt\":\"" + String(repeating: "x", count: 1 << 19) + "\"}").utf8),
        ]
        let paths = ["/statements", "/sessions", "/accounts", "/plan"]
        for path in paths {
            for body in bodies {
                let answer = try await citizens[0].api.send(
                    "POST", "/api/v1" + path, body, fields: ["Content-Type": "application/json"])
                #expect((400..<500).contains(answer.status), "\(path) \(body.count)")
                #expect(answer.json["detail"]?.string?.isEmpty == false)
            }
        }
        let large = try await citizens[0].api.send(
            "POST", "/api/v1/statements", Array(repeating: 0x20, count: 2 << 20),
            fields: ["Content-Type": "application/json"])
        #expect(large.status == 413)
        let after = try await citizens[0].api.call("GET", "/checkpoint")
        #expect(after.json["size"] == before.json["size"])
        try await council.stop()
    }

    @Test func `the gateway answers bad requests with 400 and lives`() async throws {
        let community = try await Community(charter: Charter.demonstration)
        let council = try await Served.council(of: community)
        _ = try await Citizen.joinAll(community, at: council.address)
        let gateway = try await startGateway(of: community)
        try await expect(gateway, status: 404)
        let requests = [
            "GET / HTTP/1.1\n\n", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "\0\0\0\0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET /..%2fx HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        ]
        for request in requests {
            let file = URL(fileURLWithPath: community.path("request"))
            try Data(request.utf8).write(to: file)
            let parts = gateway.address.split(separator: ":")
            let answer = try await CommandResult.of(
                "bash",
                [
                    "-c",
                    "exec 3<>/dev/tcp/\(parts[0])/\(parts[1]); cat \(file.path) >&3; "
                        + "timeout 5 cat <&3",
                ])
            #expect(answer.outputText.hasPrefix("HTTP/1.1 400 "), "\(request.debugDescription)")
        }
        #expect(try await answeredStatus(gateway, "library.example") == 404)
        for process in [council, gateway] { try await process.stop() }
    }

    @Test(arguments: [
        ("charter: 2\n", "charter"), ("{", "charter.yaml"), ("a: &x [*x]\n", "charter.yaml"),
        ("charter: 1\ndemo: maybe\n", "2:7"), ("\u{0}", "charter.yaml"), ("", "charter"),
    ])
    func `init refuses a charter that is none, with its place`(text: String, named: String)
        async throws
    {
        let folder = try TemporaryFolder()
        let charter = try folder.write(Array(text.utf8), to: "charter.yaml")
        let key =
            "ana ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
        let founders = try folder.write(Array(key.utf8), to: "founders")
        let result = try await CommandResult.of(
            try Checkout.program(),
            [
                "init", "--data", folder.path("data"), "--origin", "a.example/log", "--charter",
                charter, "--founders", founders,
            ])
        #expect(result.ending == .exited(2), "\(result.errorText)")
        #expect(result.errorText.contains(named), "\(result.errorText)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("data")))
    }
}
