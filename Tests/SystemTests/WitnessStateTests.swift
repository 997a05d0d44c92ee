import CanonicalJSON
import Foundation
import TestKit
import Testing
import TransparencyLog

/// What operators and members are told of witnesses: the council's metrics, and receipts.
@Suite struct WitnessStateTests {
    /// A council whose two witnesses cosigned what is published.
    private struct Scene {
        let witnessed: Witnessed
        let first: Served
        let second: Served
        let council: Served
        let citizens: [Citizen]

        init(tooFew: String = "wait") async throws {
            witnessed = try await Witnessed(2, threshold: 2, tooFew: tooFew)
            first = try await witnessed.witness(1)
            second = try await witnessed.witness(2)
            council = try await witnessed.council(asking: [first.address, second.address])
            try await witnessed.waitUntilPublished(cosignedBy: ["w1.example", "w2.example"])
            citizens = try await Citizen.joinAll(witnessed.community, at: council.address)
            // Three of the founding, three who joined, and the day's first `state`.
            try await witnessed.waitUntilPublished(
                cosignedBy: ["w1.example", "w2.example"], beyond: 6)
        }

        /// The samples of the council's metrics.
        func metrics() async throws -> [String: String] {
            let answer = try await APIClient(council.address).send("GET", "/metrics")
            #expect(answer.status == 200)
            #expect(answer.fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\n")
            return lines.filter { !$0.hasPrefix("#") }.reduce(into: [:]) { samples, line in
                let parts = line.split(separator: " ")
                samples[String(parts[0])] = String(parts[1])
            }
        }

        /// Waits for a sample of the metrics.
        func wait(for sample: String, _ value: String) async throws {
            try await wait(for: sample) { $0 == value }
        }

        func wait(for sample: String, _ isRight: (String) -> Bool) async throws {
            let reached = try await Eventually.value(within: .seconds(30)) {
                try await isRight(metrics()[sample] ?? "") ? true : nil
            }
            let last = try await metrics()
            #expect(reached == true, "\(sample): \(last)")
        }

        /// Proposes, and gets the receipt of that.
        ///
        /// - Returns: The receipt's file, which carries its entry.
        func receipt(_ name: String) async throws -> String {
            let answer = try await citizens[0].hand(
                citizens[0].statement(
                    "propose", ["operations": .array([Samples.backend(name, port: 9)])]))
            return try await receipt(of: try #require(answer["hash"]?.string), to: name)
        }

        func receipt(of hash: String, to name: String) async throws -> String {
            let file = witnessed.community.path("\(name).tlog-proof")
            let got = try await Self.run([
                "receipt", hash, "--council", "http://\(council.address)", "--community",
                witnessed.community.card, "--self-contained", "-o", file,
            ])
            #expect(got.ending == .exited(0), "\(got.errorText)")
            return file
        }

        func verify(_ file: String, _ more: String...) async throws -> CommandResult {
            try await Self.run(
                ["receipt", "verify", file, "--community", witnessed.community.card] + more)
        }

        private static func run(_ arguments: [String]) async throws -> CommandResult {
            try await CommandResult.of(
                try Checkout.program(), arguments,
                environment: ["COMMONWAY_CONFIG": "/nonexistent"])
        }

        func stop() async throws {
            for process in [council, first] { try await process.stop() }
        }
    }

    @Test func `metrics tell each witness's last size and age, the policy, and what waits`()
        async throws
    {
        let scene = try await Scene()
        let published = try #require(try scene.witnessed.published()).checkpoint.size
        let (one, two) = ("{witness=\"w1.example\"}", "{witness=\"w2.example\"}")
        for (sample, value) in [
            ("commonway_log_entries", "\(published)"),
            ("commonway_checkpoint_size", "\(published)"), ("commonway_checkpoint_waiting", "0"),
            ("commonway_checkpoint_cosigned", "2"), ("commonway_witness_threshold", "2"),
            ("commonway_witness_policy_met", "1"),
            ("commonway_witness_size\(one)", "\(published)"),
            ("commonway_witness_size\(two)", "\(published)"),
            ("commonway_witness_trouble{address=\"http://\(scene.first.address)\"}", "0"),
            ("commonway_witness_trouble{address=\"http://\(scene.second.address)\"}", "0"),
        ] {
            try await scene.wait(for: sample, value)
        }
        let age = try #require(try await scene.metrics()["commonway_witness_age_seconds\(one)"])
        #expect((0...60).contains(try #require(Int(age))))
        try await scene.second.kill()
        _ = try await scene.citizens[0].propose([Samples.backend("shelf", port: 9)])
        try await scene.wait(for: "commonway_checkpoint_waiting", "1")
        try await scene.wait(
            for: "commonway_witness_trouble{address=\"http://\(scene.second.address)\"}", "1")
        let behind = try await scene.metrics()
        #expect(behind["commonway_checkpoint_size"] == "\(published)")
        #expect(behind["commonway_witness_size\(two)"] == "\(published)")
        try await scene.wait(for: "commonway_witness_size\(one)") { Int($0) ?? 0 > published }
        // Started again, the council has asked nobody yet, and knows what it published.
        try await scene.council.stop()
        let again = try await Served.council(
            of: scene.witnessed.community, at: scene.council.address,
            ["--witness", "http://127.0.0.1:1", "--witness", "http://127.0.0.1:2"])
        try await scene.wait(for: "commonway_witness_size\(one)", "\(published)")
        try await scene.wait(for: "commonway_checkpoint_waiting", "1")
        for process in [again, scene.first] { try await process.stop() }
    }

    @Test func `a receipt under a card that waits fails with fewer cosignatures than it asks for`()
        async throws
    {
        let scene = try await Scene()
        try await scene.second.kill()
        let early = try await scene.receipt("shelf")
        let refused = try await scene.verify(early)
        #expect(refused.ending == .exited(1))
        #expect(refused.output == [])
        #expect(
            refused.errorText.contains("of the 2 witnesses that the community card asks for"),
            "\(refused.errorText)")
        #expect(refused.errorText.contains("next: when enough have cosigned, get it again"))
        let second = try await scene.witnessed.witness(2, at: scene.second.address)
        let hash = try #require(
            try await scene.citizens[0].proposal(1)["statement"]?.string)
        let standing = try await Eventually.value(within: .seconds(30)) { () -> Bool? in
            let answer = try await scene.citizens[0].api.call("GET", "/statements/\(hash)")
            return answer.json["standing"] == "witnessed" ? true : nil
        }
        #expect(standing == true)
        let late = try await scene.receipt(of: hash, to: "late")
        let held = try await scene.verify(late)
        #expect(held.ending == .exited(0), "\(held.errorText)")
        #expect(held.outputText.contains("witnesses   2 of 2, 2 needed: w1.example at "))
        let value = try JSONValue(
            parsing: try await scene.verify(late, "--json").output.dropLast(), form: .canonical)
        #expect(value["witnesses"]?["enough"] == true)
        #expect(value["witnesses"]?["cosigned"]?.array?.count == 2)
        // A cosignature that was tampered with is no cosignature that is missing.
        let text = try String(contentsOfFile: late, encoding: .utf8)
        let line = try #require(text.split(separator: "\n").last { $0.contains("w2.example") })
        let altered = String(line.dropLast(8)) + "AAAAAAA="
        try text.replacing(line, with: altered).write(
            toFile: late, atomically: true, encoding: .utf8)
        let forged = try await scene.verify(late)
        #expect(forged.ending == .exited(1))
        #expect(forged.errorText.contains("the receipt does not hold"), "\(forged.errorText)")
        try await scene.stop()
        try await second.stop()
    }

    @Test func `under a card that serves the receipt says how many cosigned of how many`()
        async throws
    {
        let scene = try await Scene(tooFew: "serve")
        try await scene.second.kill()
        let file = try await scene.receipt("shelf")
        let held = try await scene.verify(file)
        #expect(held.ending == .exited(0), "\(held.errorText)")
        #expect(
            held.outputText.contains(" of 2, 2 needed"), "\(held.outputText)")
        #expect(held.errorText.contains("fewer witnesses cosigned than the card asks for"))
        try await scene.stop()
    }
}
