import CanonicalJSON
import Foundation
import Governance
import LogReader
import TestKit
import TransparencyLog

/// A community whose card names witnesses, each in a process of its own.
struct Witnessed {
    let community: Community
    /// Their keys, in the order of the card.
    let keys: [WitnessKey]

    /// Makes the witnesses' keys, and founds a community that names them.
    init(_ count: Int, threshold: Int, tooFew: String = "wait") async throws {
        let folder = try TemporaryFolder()
        var keys: [WitnessKey] = []
        for number in 1...count {
            let result = try await CommandResult.of(
                try Checkout.program(),
                [
                    "witness", "key", "--data", folder.path("w\(number)"), "--name",
                    "w\(number).example",
                ])
            guard result.ending == .exited(0) else { throw Failure(result.errorText) }
            keys.append(
                try WitnessKey(text: String(result.outputText.dropLast())))
        }
        self.keys = keys
        community = try await Community(
            charter: Charter.demonstration, in: folder,
            keys.flatMap { ["--witness", $0.text] }
                + ["--threshold", "\(threshold)", "--too-few", tooFew])
    }

    /// Starts a witness.
    func witness(_ number: Int, at address: String = "127.0.0.1:0") async throws -> Served {
        try await Served.witness(
            data: community.path("w\(number)"), cards: [community.card], at: address)
    }

    /// Starts the council, which asks those at some addresses.
    func council(asking addresses: [String]) async throws -> Served {
        try await Served.council(
            of: community, addresses.flatMap { ["--witness", "http://\($0)"] })
    }

    /// Starts a gateway on the published log.
    func gateway() async throws -> Served {
        try await Served.gateway(
            log: community.log.path, card: community.card, state: community.path("state"),
            ["--poll", "50"])
    }

    /// The published checkpoint, checked with the log's key, and who cosigned it.
    func published() throws -> (checkpoint: Checkpoint, cosigned: [String])? {
        let card = try CommunityCard(
            octets: Array(try Data(contentsOf: URL(fileURLWithPath: community.card))))
        let file = community.log.appendingPathComponent(Checkpoint.path)
        guard let octets = try DurableFile.read(file, octetsMax: SignedNote.octetsMax) else {
            return nil
        }
        let signed = try SignedCheckpoint(octets: octets, key: try VerifierKey(text: card.key))
        let cosignatures = try signed.note.cosignatures(by: keys)
        return (signed.checkpoint, cosignatures.map(\.key.name))
    }

    /// Waits until those have cosigned what is published.
    func waitUntilPublished(cosignedBy names: [String], beyond size: Int = 0) async throws {
        let reached = try await Eventually.value(within: .seconds(30)) { () -> Bool? in
            guard let found = try published() else { return nil }
            return found.cosigned == names && found.checkpoint.size > size ? true : nil
        }
        guard reached == true else {
            throw Failure("published is \(String(describing: try published()))")
        }
    }
}

/// A log that a test holds the key of and asks a witness with.
struct AskingLog {
    let signer: SignerKey
    let folder: TemporaryFolder

    init() throws {
        signer = try SignerKey(name: "asking.example/log", seed: [UInt8](repeating: 3, count: 32))
        folder = try TemporaryFolder()
        let card: JSONValue = [
            "v": 1, "origin": .string(signer.verifier.name), "key": .string(signer.verifier.text),
            "constituted": .string(String(repeating: "0", count: 64)),
            "witnesses": ["keys": [], "threshold": 0],
        ]
        try folder.write(card.canonicalOctets, to: "card.json")
    }

    var card: String { folder.path("card.json") }
    var data: String { folder.path("w") }

    /// Makes the witness's key.
    func makeKey() async throws -> WitnessKey {
        let result = try await CommandResult.of(
            try Checkout.program(),
            ["witness", "key", "--data", data, "--name", "w.example"])
        return try WitnessKey(text: String(result.outputText.dropLast()))
    }

    func tree(_ size: Int, _ word: String = "entry") -> MerkleTree {
        MerkleTree(leaves: (0..<size).map { .leaf(Array("\(word) \($0)".utf8)) })
    }

    func checkpoint(
        _ size: Int, _ word: String = "entry", by key: SignerKey? = nil
    ) throws -> SignedCheckpoint {
        let key = key ?? signer
        return try Checkpoint(
            origin: key.verifier.name, size: size, root: tree(size, word).root
        ).signed(by: key)
    }

    /// A body of `add-checkpoint`.
    func body(from old: Int, to size: Int, _ word: String = "entry") throws -> [UInt8] {
        AddCheckpointRequest(
            proof: try tree(size, word).consistencyProof(from: old, to: size),
            checkpoint: try checkpoint(size, word)
        ).octets
    }

    /// Asks a witness.
    func ask(_ witness: Served, _ body: [UInt8]) async throws -> APIClient.Answer {
        try await APIClient(witness.address).send("POST", "/add-checkpoint", body)
    }
}
