import CanonicalJSON
import Foundation
import SSHSignature
import TestKit
import Testing
import TransparencyLog

/// A witness's process, as logs of any make ask it.
@Suite struct WitnessDoorTests {
    private func text(_ answer: APIClient.Answer) -> String {
        String(decoding: answer.body, as: UTF8.self)
    }

    @Test func `each answer has the status and the form of the specification`() async throws {
        let log = try AskingLog()
        let key = try await log.makeKey()
        let witness = try await Served.witness(data: log.data, cards: [log.card])

        let good = try await log.ask(witness, try log.body(from: 0, to: 5))
        #expect(good.status == 200)
        let line = try #require(try NoteSignature.lines(good.body).first)
        let checkpoint = try log.checkpoint(5)
        let cosignature = try #require(
            Cosignature(line, by: key, text: checkpoint.note.text))
        #expect(abs(Int64(cosignature.time) * 1000 - Community.now) < 60_000)

        let conflict = try await log.ask(witness, try log.body(from: 0, to: 7))
        #expect(conflict.status == 409)
        #expect(text(conflict) == "5\n")
        #expect(conflict.fields["content-type"] == "text/x.tlog.size")

        let impostor = try SignerKey(
            name: log.signer.verifier.name, seed: [UInt8](repeating: 4, count: 32))
        let stranger = try SignerKey(name: "x.example", seed: [UInt8](repeating: 4, count: 32))
        let none = ConsistencyProof(old: 5, new: 6, path: [])
        let refused: [(Int, [UInt8])] = [
            (400, []), (400, Array("old x\n\n".utf8)),
            (400, try log.body(from: 0, to: 7).dropLast()),
            (
                400,
                AddCheckpointRequest(proof: none, checkpoint: try log.checkpoint(4)).octets
            ),
            (
                404,
                AddCheckpointRequest(
                    proof: none, checkpoint: try log.checkpoint(6, by: stranger)
                ).octets
            ),
            (
                403,
                AddCheckpointRequest(
                    proof: none, checkpoint: try log.checkpoint(6, by: impostor)
                ).octets
            ),
            (422, AddCheckpointRequest(proof: none, checkpoint: try log.checkpoint(6)).octets),
            (422, try log.body(from: 5, to: 5, "fork")),
            (422, try log.body(from: 5, to: 9, "fork")),
        ]
        for (status, body) in refused {
            let answer = try await log.ask(witness, body)
            #expect(answer.status == status, "\(text(answer))")
        }
        let large = [UInt8](repeating: 0x41, count: 300_000)
        #expect(try await log.ask(witness, large).status == 413)
        #expect(
            try await APIClient(witness.address).send("GET", "/add-checkpoint").status == 405)
        // None of these moved it.
        #expect(try await log.ask(witness, try log.body(from: 5, to: 9)).status == 200)
        let hash = Digest(hashing: Array(log.signer.verifier.name.utf8)).hex
        let shown = try await APIClient(witness.address).send("GET", "/\(hash)/checkpoint")
        let note = try SignedNote(octets: shown.body)
        #expect(try note.verify(with: [log.signer.verifier]).count == 1)
        #expect(try note.cosignatures(by: [key]).count == 1)
        #expect(try Checkpoint(text: note.text).size == 9)
        witness.program.send(SIGTERM)
        #expect(try await witness.program.ending() == .exited(0))
    }

    @Test func `killed at any moment, it never cosigns two histories`() async throws {
        let log = try AskingLog()
        let key = try await log.makeKey()
        var cosigned: [Int: Set<Digest>] = [:]
        func note(_ answer: APIClient.Answer?, _ size: Int, _ word: String) throws {
            guard let answer, answer.status == 200 else { return }
            let checkpoint = try log.checkpoint(size, word)
            let line = try #require(try NoteSignature.lines(answer.body).first)
            #expect(Cosignature(line, by: key, text: checkpoint.note.text) != nil)
            cosigned[size, default: []].insert(checkpoint.checkpoint.root)
        }
        var (known, word) = (0, "entry")
        for round in 1...12 {
            let witness = try await Served.witness(data: log.data, cards: [log.card])
            let size = known + round
            let other = word == "entry" ? "fork" : "entry"
            let body = try log.body(from: known, to: size, word)
            async let answer = try? log.ask(witness, body)
            try await Task.sleep(for: .milliseconds(round * 2))
            try await witness.kill()
            try note(await answer, size, word)
            let again = try await Served.witness(data: log.data, cards: [log.card])
            // What it has now: the size before, or the one that it was asked for.
            let told = try await log.ask(again, try log.body(from: size + 1, to: size + 1, other))
            #expect(told.status == 409)
            let stored = try #require(Int(text(told).dropLast()))
            #expect(stored == known || stored == size)
            #expect(stored >= (cosigned.keys.max() ?? 0))
            let fork = try await log.ask(again, try log.body(from: stored, to: size + 1, other))
            try note(fork, size + 1, other)
            #expect(fork.status == (stored == 0 ? 200 : 422))
            // The first history that it cosigned is the only one from there on.
            if fork.status == 200 { (known, word) = (size + 1, other) } else { known = stored }
            try await again.stop()
        }
        #expect(cosigned.values.allSatisfy { $0.count == 1 })
        let roots = try cosigned.keys.map { try log.tree(200, word).root(atSize: $0) }
        #expect(Set(roots) == Set(cosigned.values.flatMap(\.self)))
    }

    @Test func `what it needs to begin is asked for, and what it lost is not begun anew`()
        async throws
    {
        let log = try AskingLog()
        func run(_ more: String...) async throws -> CommandResult {
            try await CommandResult.of(
                try Checkout.program(),
                ["witness", "--data", log.data, "--listen", "127.0.0.1:0"] + more)
        }
        let keyless = try await run("--community", log.card)
        #expect(keyless.ending == .exited(2))
        #expect(keyless.errorText.contains("commonway witness key"))
        _ = try await log.makeKey()
        let witness = try await Served.witness(data: log.data, cards: [log.card])
        let second = try await run("--community", log.card)
        #expect(second.ending == .exited(1))
        #expect(second.errorText.contains("another witness runs"))
        let elsewhere = try AskingLog()
        _ = try await elsewhere.makeKey()
        let taken = try await CommandResult.of(
            try Checkout.program(),
            ["witness", "--data", elsewhere.data, "--listen", witness.address])
        #expect(taken.ending == .exited(1))
        #expect(taken.errorText.contains("--listen \(witness.address)"), "\(taken.errorText)")
        #expect(try await log.ask(witness, try log.body(from: 0, to: 5)).status == 200)
        try await witness.stop()
        let heads = log.data + "/heads.json"
        let octets = Array(try Data(contentsOf: URL(fileURLWithPath: heads)))
        try Data(octets.flipping(bit: octets.count * 4)).write(to: URL(fileURLWithPath: heads))
        let altered = try await run("--community", log.card)
        #expect(altered.ending == .exited(1))
        #expect(altered.errorText.contains("was altered"))
        try FileManager.default.removeItem(atPath: heads)
        let lost = try await run("--community", log.card)
        #expect(lost.ending == .exited(1))
        #expect(lost.errorText.contains("must never cosign a second history"))
    }

    @Test func `a statement that the council is silent about is listed with a date`()
        async throws
    {
        let log = try AskingLog()
        let key = try await log.makeKey()
        let witness = try await Served.witness(data: log.data, cards: [log.card])
        let api = APIClient(witness.address)
        let statement: JSONValue = [
            "act": "ballot", "by": 2, "choice": "no", "log": .string(log.signer.verifier.name),
            "nonce": "00000000000000ab", "until": .integer(Community.now + 60_000),
        ]
        let member = try PrivateKey(seed: [UInt8](repeating: 5, count: PrivateKey.seedOctets))
        let signature = try member.sign(
            message: statement.canonicalOctets, namespace: "ballot@commonway")
        let body: JSONValue = ["stmt": statement, "sig": .string(signature.base64)]
        let first = try await api.send("POST", "/statements", body.canonicalOctets)
        #expect(first.status == 201)
        let hash = Digest(hashing: statement.canonicalOctets)
        let note = Array(try #require(first.json["sighting"]?.string).utf8)
        let sighting = try Sighting(octets: note, key: key)
        #expect(sighting.statement == hash)
        #expect(abs(Int64(sighting.time) - Community.now) < 60_000)
        try await witness.kill()
        let again = try await Served.witness(data: log.data, cards: [log.card])
        let later = APIClient(again.address)
        #expect(
            try await later.send("POST", "/statements", body.canonicalOctets).json == first.json)
        let list = try await later.send("GET", "/statements").json
        #expect(list["items"]?.array?.map { $0["hash"] } == [.string(hash.hex)])
        #expect(try await later.send("GET", "/statements/\(hash.hex)").json == first.json)
        // Nothing of what it says is kept.
        #expect(list.canonicalText.contains("choice") == false)
        let wrong = try await later.send("POST", "/statements", Array("{}".utf8))
        #expect(wrong.status == 400)
        #expect(wrong.json["code"] == "malformed")
        try await again.stop()
    }
}
