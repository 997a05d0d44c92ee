import Council
import Foundation
import Governance
import LogReader
import Store
import Synchronization
import TestKit
import Testing
import TransparencyLog

/// A council that asks witnesses: what it publishes, and when.
@Suite struct WitnessingTests {
    /// A council under a policy with its witnesses, running.
    private final class Stage: Sendable {
        let premises: Premises
        let witnesses: [PlayedWitness]
        let council: Council
        let store: Store
        let collector: WitnessCollector
        private let running = Mutex<Task<Void, any Error>?>(nil)

        init(
            _ manners: [PlayedWitness.Manner], threshold: Int,
            _ tooFew: WitnessPolicy.TooFew = .wait
        ) async throws {
            let keys = try manners.indices.map { try PlayedWitness.key($0 + 1) }
            premises = try Premises(
                witnesses: try WitnessPolicy(keys: keys, threshold: threshold, tooFew: tooFew))
            witnesses = try manners.enumerated().map { [premises] in
                try PlayedWitness($0.offset + 1, of: premises.signer.verifier, $0.element)
            }
            try await premises.found()
            (council, store) = try await premises.open()
            collector = WitnessCollector(
                council: council, clients: witnesses, clock: .continuous, tell: { _ in })
        }

        func start() {
            let task = Task { [collector] in try await collector.run() }
            running.withLock { $0 = task }
        }

        /// Ends all; nothing is asked afterwards.
        func stop() async throws {
            for witness in witnesses { witness.behave(.honest) }
            let task = running.withLock { $0 }
            task?.cancel()
            _ = await task?.result
            try store.close()
        }

        /// The published file, as any reader has it.
        func published() throws -> SignedCheckpoint? {
            try DurableFile.read(
                premises.log.checkpointFile, octetsMax: SignedNote.octetsMax
            ).map { try SignedCheckpoint(octets: $0, key: premises.signer.verifier) }
        }

        /// Waits until the published log has a size and so many cosignatures.
        func reaches(_ size: Int, cosigned: Int) async throws -> Bool {
            let policy = premises.witnesses
            return try await Eventually.value(within: .seconds(20)) { () -> Bool? in
                guard let found = try self.published(), found.checkpoint.size == size,
                    try policy.cosignatures(of: found).count == cosigned
                else { return nil }
                return true
            } ?? false
        }

        /// Logs a founder's join.
        func join(_ number: Int) async throws -> Logged {
            try await premises.join(number, council)
        }

        /// The log's size, published or not.
        var size: Int { get async { await council.read { $0.tree.size } } }
    }

    @Test func `nothing is public before enough have cosigned`() async throws {
        let stage = try await Stage([.honest, .honest, .down], threshold: 2)
        #expect(try stage.published() == nil)
        stage.start()
        #expect(try await stage.reaches(3, cosigned: 2))
        let logged = try await stage.join(1)
        #expect(try await stage.reaches(await stage.size, cosigned: 2))
        let audited = try await stage.premises.audited(stage.council.card)
        #expect(try #require(audited?.entries) > logged.index)
        try await stage.stop()
    }

    @Test func `a statement is acknowledged though its checkpoint waits`() async throws {
        let stage = try await Stage([.honest, .down], threshold: 2)
        stage.start()
        let logged = try await stage.join(1)
        #expect(try stage.published() == nil)
        let standing = await stage.council.read { $0.standing(of: logged.index).0 }
        #expect(standing == .checkpointed)
        let proof = try await stage.council.read { (view) throws(TreeError) in
            try view.receipt(of: logged.index)
        }
        #expect(proof != nil)
        stage.witnesses[1].behave(.honest)
        #expect(try await stage.reaches(await stage.size, cosigned: 2))
        let later = await stage.council.read { $0.standing(of: logged.index).0 }
        #expect(later == .witnessed)
        try await stage.stop()
    }

    @Test(arguments: [
        PlayedWitness.Manner.down, .held, .lying, .stranger, .babbling, .evasive,
    ])
    func `a bad witness costs its cosignature and nothing else`(
        manner: PlayedWitness.Manner
    ) async throws {
        let stage = try await Stage([manner, .honest, .honest], threshold: 2)
        stage.start()
        for number in 1...3 {
            _ = try await stage.join(number)
            #expect(try await stage.reaches(await stage.size, cosigned: 2))
        }
        try await stage.stop()
    }

    @Test func `a slow witness's cosignature is added when it comes`() async throws {
        let stage = try await Stage([.held, .honest], threshold: 1)
        stage.start()
        #expect(try await stage.reaches(3, cosigned: 1))
        stage.witnesses[0].behave(.honest)
        #expect(try await stage.reaches(3, cosigned: 2))
        try await stage.stop()
    }

    @Test func `where the card says so, too few are published too, and the rest added later`()
        async throws
    {
        let stage = try await Stage([.honest, .down], threshold: 2, .serve)
        stage.start()
        let logged = try await stage.join(1)
        #expect(try await stage.reaches(await stage.size, cosigned: 1))
        let standing = await stage.council.read { $0.standing(of: logged.index).0 }
        #expect(standing == .checkpointed)
        let trouble = await stage.collector.standings[1].trouble
        #expect(trouble?.contains("Connection refused") == true)
        stage.witnesses[1].behave(.honest)
        #expect(try await stage.reaches(await stage.size, cosigned: 2))
        #expect(await stage.collector.standings[1].trouble == nil)
        try await stage.stop()
    }

    @Test func `where the card says so, a silent witness is waited for a moment only`()
        async throws
    {
        let stage = try await Stage([.honest, .held], threshold: 2, .serve)
        stage.start()
        #expect(try await stage.reaches(3, cosigned: 1))
        try await stage.stop()
    }

    @Test func `many statements at once are cosigned together`() async throws {
        let stage = try await Stage([.honest, .honest], threshold: 2)
        stage.start()
        #expect(try await stage.reaches(3, cosigned: 2))
        let before = stage.witnesses[0].asked
        stage.witnesses[0].behave(.held)
        for number in 1...3 { _ = try await stage.join(number) }
        stage.witnesses[0].behave(.honest)
        #expect(try await stage.reaches(await stage.size, cosigned: 2))
        // One round was held up; what was signed meanwhile is one more.
        #expect(stage.witnesses[0].asked - before <= 2)
        try await stage.stop()
    }

    @Test func `a restart publishes what waited, and keeps what was cosigned`() async throws {
        let stage = try await Stage([.honest, .honest], threshold: 2)
        stage.start()
        #expect(try await stage.reaches(3, cosigned: 2))
        stage.witnesses[0].behave(.down)
        _ = try await stage.join(1)
        let size = await stage.size
        let cosigned = try stage.published()
        try await stage.stop()
        #expect(try stage.published() == cosigned)
        let (council, store) = try await stage.premises.open()
        let collector = WitnessCollector(
            council: council, clients: stage.witnesses, clock: .continuous, tell: { _ in })
        let task = Task { try await collector.run() }
        #expect(try await stage.reaches(size, cosigned: 2))
        task.cancel()
        _ = await task.result
        try store.close()
    }

    @Test func `a council that was set back publishes nothing, whatever it writes`() async throws {
        let stage = try await Stage([.honest, .honest], threshold: 2)
        stage.start()
        #expect(try await stage.reaches(3, cosigned: 2))
        let folder = stage.premises.scratch.url
        let copy = try TemporaryFolder()
        for name in ["store", "last-signed", "log"] {
            try FileManager.default.copyItem(
                at: folder.appendingPathComponent(name),
                to: copy.url.appendingPathComponent(name))
        }
        for number in 1...2 { _ = try await stage.join(number) }
        #expect(try await stage.reaches(await stage.size, cosigned: 2))
        try await stage.stop()
        for name in ["store", "last-signed", "log"] {
            try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
            try FileManager.default.copyItem(
                at: copy.url.appendingPathComponent(name),
                to: folder.appendingPathComponent(name))
        }
        let (council, store) = try await stage.premises.open()
        let words = AsyncStream.makeStream(of: String.self)
        let collector = WitnessCollector(
            council: council, clients: stage.witnesses, clock: .continuous,
            tell: { words.continuation.yield($0) })
        let task = Task { try await collector.run() }
        // Another history, at last longer than what the witnesses know.
        for number in [3, 2, 1] {
            _ = try await stage.premises.join(number, council)
        }
        let refused = await words.stream.first { $0.contains("422") }
        #expect(refused != nil)
        #expect(try stage.published()?.checkpoint.size == 3)
        task.cancel()
        _ = await task.result
        try store.close()
    }
}
