import CanonicalJSON
import Council
import Crypto
import Governance
import LogReader
import Routing
import Testing
import TransparencyLog

@testable import AdminAPI

@Suite struct `Handing in statements` {
    @Test func `a statement needs a session, whoever signed it`() async throws {
        try await Community.serving { community in
            let request = try community.statement(by: 1, act: "join", ["digest": .string(zeros)])
            let reply = try await community.post("/statements", request)
            #expect(reply.status == 401)
            #expect(try reply.code() == "not-logged-in")
        }
    }

    @Test
    func `a statement is logged once, acknowledged by the log's key, and answered alike again`()
        async throws
    {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            let digest = try #require(await community.council.read { $0.state.constitution })
            let request = try community.statement(
                by: 2, act: "join", ["digest": .string(digest.digest.hex)])
            let first = try await community.post("/statements", request, token: token)
            #expect(first.status == 201)
            let again = try await community.post("/statements", request, token: token)
            #expect(again.status == 200)
            #expect(again.octets == first.octets)

            let answer = try first.json()
            let stmt = try #require(request["stmt"])
            let hash = ContentDigest(of: stmt.canonicalOctets)
            #expect(answer["hash"]?.string == hash.hex)
            let key = try VerifierKey(text: await community.council.read { $0.card.key })
            let acknowledgement = try Acknowledgement(
                octets: Array(try #require(answer["ack"]?.string).utf8), key: key)
            #expect(acknowledgement.statement == Replay.digest(hash))
            #expect(acknowledgement.origin == Community.origin)

            let entry = try await community.get("/statements/\(hash.hex)").json()
            #expect(entry["index"] == answer["index"])
            #expect(entry["entry"]?["stmt"] == stmt)
        }
    }

    @Test func `the receipt of a statement proves its entry under the checkpoint`() async throws {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            let proposed = try await community.propose(token: token)
            let hash = try #require(try proposed.json()["hash"]?.string)
            let index = try #require(try proposed.json()["index"]?.integer)
            let reply = try await community.get("/receipts/\(hash)")
            #expect(reply.header("content-type") == "text/plain; charset=utf-8")
            let entry = try #require(try await community.get("/entries/\(index)").json()["entry"])
            let key = try VerifierKey(text: await community.council.read { $0.card.key })
            let proof = try LogProof(octets: reply.octets)
            #expect(throws: Never.self) {
                try proof.verify(entry: entry.canonicalOctets, key: key)
            }
        }
    }

    @Test func `a signature of another key is refused with the rule that it breaks`() async throws {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            let mine = try community.statement(by: 1, act: "join", ["digest": .string(zeros)])
            let theirs = try community.statement(by: 2, act: "join", ["digest": .string(zeros)])
            var mixed = try #require(mine.object)
            mixed["sig"] = theirs["sig"]
            let reply = try await community.post("/statements", .object(mixed), token: token)
            #expect(reply.status == 403)
            #expect(try reply.code() == "bad-signature")
            let wrong = try await community.post("/statements", mine, token: token)
            #expect(wrong.status == 422)
            #expect(try wrong.code() == "wrong-digest")
            #expect(try await community.get("/community").json()["state"]?["size"] == 3)
        }
    }

    @Test(arguments: [
        (#"{"stmt":{"act":"join"},"sig":""}"#, "/stmt/by: is missing"),
        (#"{"stmt":[],"sig":""}"#, "/stmt: expected an object"),
        (
            #"{"stmt":{"act":"rule","by":1,"log":"x","nonce":"0000000000000000","until":1}}"#,
            "/stmt/act"
        ),
        (#"{"stmt":{"by":"1","act":"join"},"sig":""}"#, "/stmt/by: expected an integer"),
    ])
    func `what is no statement is refused with the place`(body: String, words: String) async throws
    {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            let reply = try await community.send(
                "POST", "/api/v1/statements",
                headers: [
                    ("Content-Type", "application/json"), ("Authorization", "Bearer \(token)"),
                ], body: Array(body.utf8))
            #expect(reply.status == 400)
            #expect(try reply.code() == "malformed")
            #expect(try reply.json()["detail"]?.string?.contains(words) == true)
        }
    }

    @Test func `a reason is kept when the statement names its digest, and only then`() async throws
    {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            let texts: JSONValue = [["text": "Readers ask for it.", "salt": .string(zeros)]]
            let unnamed = try await community.propose(token: token, texts: texts)
            #expect(unnamed.status == 400)
            #expect(try unnamed.code() == "text-not-named")
            let octets = Array("commonway text".utf8) + Array(repeating: UInt8(0), count: 32)
            let digest = ContentDigest(of: octets + Array("Readers ask for it.".utf8))
            let named = try await community.propose(
                token: token, reason: .string(digest.hex), texts: texts)
            #expect(named.status == 201)
            #expect(try named.json()["proposal"] == 1)
            let proposal = try await community.get("/proposals/1").json()
            #expect(proposal["reason"] == "Readers ask for it.")
        }
    }
}

/// A digest of nothing that there is.
private let zeros = String(repeating: "0", count: 64)
