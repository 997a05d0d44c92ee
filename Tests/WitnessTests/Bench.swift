import Foundation
import Synchronization
import TestKit
import TransparencyLog

@testable import Witness

/// A clock that goes on when a test says so.
final class SettableClock: Sendable {
    private let time = Mutex<Int64>(1_767_225_600_000)

    /// Milliseconds since 1970.
    var now: Int64 { time.withLock { $0 } }

    func goOn(by milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}

/// A log that asks a witness, with the witness's folder on real storage.
final class WitnessBench: Sendable {
    static let origin = "gw.example/log"

    let scratch: TemporaryFolder
    let clock = SettableClock()
    let signer: SignerKey
    let told = Mutex<[String]>([])

    init() throws {
        scratch = try TemporaryFolder()
        signer = try SignerKey(name: Self.origin, seed: [UInt8](repeating: 1, count: 32))
    }

    var heads: URL { scratch.url.appendingPathComponent("w/heads.json") }

    func folder() throws -> WitnessFolder {
        try WitnessFolder(scratch.url.appendingPathComponent("w"))
    }

    /// Starts the witness; it holds the folder as long as it lives.
    func witness(_ logs: [WitnessedLog]? = nil) throws -> OpenWitness {
        let folder = try folder()
        let key = try folder.signer(name: "w.example") { [UInt8](repeating: 7, count: 32) }
        let witness = try Witness(
            folder: folder, signer: key, logs: logs ?? [WitnessedLog(key: signer.verifier)],
            clock: { [clock] in clock.now },
            tell: { [self] words in told.withLock { $0.append(words) } })
        return OpenWitness(folder: folder, signer: key, witness: witness)
    }

    /// A tree of entries of one kind: two words give two histories.
    func tree(_ size: Int, _ word: String = "entry") -> MerkleTree {
        MerkleTree(leaves: (0..<size).map { .leaf(Array("\(word) \($0)".utf8)) })
    }

    func checkpoint(
        _ tree: MerkleTree, by key: SignerKey? = nil
    ) throws -> SignedCheckpoint {
        let key = key ?? signer
        return try Checkpoint(origin: key.verifier.name, size: tree.size, root: tree.root)
            .signed(by: key)
    }

    /// The body for a growth of one history.
    func request(
        from old: Int, to size: Int, _ word: String = "entry"
    ) throws -> [UInt8] {
        let tree = tree(size, word)
        return AddCheckpointRequest(
            proof: try tree.consistencyProof(from: old, to: size),
            checkpoint: try checkpoint(tree)
        ).octets
    }
}

/// A witness that runs.
struct OpenWitness {
    let folder: WitnessFolder
    let signer: WitnessSigner
    let witness: Witness

    var key: WitnessKey { signer.witness }

    /// Why a request is refused; `nil` when it was cosigned.
    func refusal(of body: [UInt8]) async -> AddCheckpointRefusal? {
        do throws(AddCheckpointRefusal) {
            _ = try await witness.add(body)
            return nil
        } catch {
            return error
        }
    }
}
