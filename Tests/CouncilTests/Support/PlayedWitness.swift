import Council
import Foundation
import Synchronization
import TestKit
import TransparencyLog
import Witness

/// A real witness in this process, and what it does instead when a test says so.
final class PlayedWitness: WitnessClient {
    /// How it behaves.
    enum Manner: Sendable {
        case honest
        /// Refuses connections.
        case down
        /// Answers when the test lets it.
        case held
        /// Signs a time, and the wrong text.
        case lying
        /// Signs with a key that nobody asked for.
        case stranger
        /// Answers with what is no line.
        case babbling
        /// Names another size at every request.
        case evasive
    }

    let address: String
    let signer: WitnessSigner
    private let scratch: TemporaryFolder
    private let witness: Witness
    private let state:
        Mutex<(manner: Manner, asked: Int, waiting: [CheckedContinuation<Void, Never>])>

    init(_ number: Int, of log: VerifierKey, _ manner: Manner = .honest) throws {
        address = "http://w\(number).example"
        scratch = try TemporaryFolder()
        let folder = try WitnessFolder(scratch.url.appendingPathComponent("w"))
        signer = try folder.signer(name: "w\(number).example") {
            [UInt8](repeating: UInt8(200 + number), count: 32)
        }
        witness = try Witness(
            folder: folder, signer: signer, logs: [WitnessedLog(key: log)],
            clock: { 1_767_225_600_000 }, tell: { _ in })
        state = Mutex((manner, 0, []))
    }

    /// A key before the witness is there.
    static func key(_ number: Int) throws -> WitnessKey {
        try WitnessSigner(
            name: "w\(number).example", seed: [UInt8](repeating: UInt8(200 + number), count: 32)
        ).witness
    }

    /// How often it was asked.
    var asked: Int { state.withLock { $0.asked } }

    /// Changes how it behaves, and lets those go who wait.
    func behave(_ manner: Manner) {
        let waiting = state.withLock { state in
            state.manner = manner
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func add(_ body: [UInt8]) async -> WitnessAnswer {
        let manner = state.withLock { state in
            state.asked += 1
            return state.manner
        }
        switch manner {
        case .honest: return await ask(body)
        case .down: return .unreachable("it cannot be reached: Connection refused")
        case .held:
            await withCheckedContinuation { continuation in
                let isHeld = state.withLock { state in
                    guard case .held = state.manner else { return false }
                    state.waiting.append(continuation)
                    return true
                }
                if !isHeld { continuation.resume() }
            }
            return await ask(body)
        case .lying: return forged(by: signer)
        case .stranger:
            let key = try? WitnessSigner(
                name: "stranger.example", seed: [UInt8](repeating: 1, count: 32))
            return forged(by: key ?? signer)
        case .babbling: return .lines(Array("no line at all\n".utf8))
        case .evasive: return .conflict(size: asked % 3)
        }
    }

    private func forged(by key: WitnessSigner) -> WitnessAnswer {
        guard let log = try? SignerKey(name: "x", seed: [UInt8](repeating: 4, count: 32)),
            let other = try? Checkpoint(origin: "x", size: 1, root: .emptyTree).signed(by: log),
            let line = try? key.cosign(other, time: 1)
        else { return .unreachable("it could not forge") }
        return .lines(Array(line.line.utf8))
    }

    private func ask(_ body: [UInt8]) async -> WitnessAnswer {
        do throws(AddCheckpointRefusal) {
            return .lines(Array(try await witness.add(body).line.utf8))
        } catch {
            if case .conflict(let size) = error { return .conflict(size: size) }
            return .refused(status: 422, words: "\(error)")
        }
    }
}
