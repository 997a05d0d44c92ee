import Foundation
import Synchronization
import TestKit
import Testing
import TransparencyLog

@testable import Witness

/// What a witness cosigns, and what it never does.
@Suite struct `Cosigning checkpoints` {
    private let bench: WitnessBench

    init() throws { bench = try WitnessBench() }

    @Test func `a growth is cosigned step by step, with the time`() async throws {
        let open = try bench.witness()
        for (old, size) in [(0, 1), (1, 3), (3, 3), (3, 70), (70, 600)] {
            bench.clock.goOn(by: 5_000)
            let line = try await open.witness.add(try bench.request(from: old, to: size))
            let text = try bench.checkpoint(bench.tree(size)).note.text
            let cosignature = try #require(Cosignature(line, by: open.key, text: text))
            #expect(Int64(cosignature.time) == bench.clock.now / 1000)
        }
    }

    @Test func `every refusal has its reason, and changes nothing`() async throws {
        let open = try bench.witness()
        _ = try await open.witness.add(try bench.request(from: 0, to: 5))
        let before = try Data(contentsOf: bench.heads)
        let stranger = try SignerKey(name: "other/log", seed: [UInt8](repeating: 2, count: 32))
        let impostor = try SignerKey(
            name: WitnessBench.origin, seed: [UInt8](repeating: 3, count: 32))
        func alone(_ key: SignerKey, _ size: Int) throws -> [UInt8] {
            AddCheckpointRequest(
                proof: ConsistencyProof(old: 5, new: size, path: []),
                checkpoint: try bench.checkpoint(bench.tree(size), by: key)
            ).octets
        }
        #expect(await open.refusal(of: []) == .malformed(.malformed(line: 0)))
        #expect(
            await open.refusal(of: Array("old 0\n\nno checkpoint\n\n— a AAAAAAA=\n".utf8))
                == .malformed(.checkpoint(.malformed(line: 1))))
        #expect(await open.refusal(of: try alone(stranger, 6)) == .unknownOrigin("other/log"))
        #expect(
            await open.refusal(of: try alone(impostor, 6))
                == .noGoodSignature(.note(.noKnownSignature)))
        #expect(
            await open.refusal(of: try alone(bench.signer, 4)) == .shrinks(old: 5, size: 4))
        #expect(
            await open.refusal(of: try bench.request(from: 0, to: 8)) == .conflict(size: 5))
        #expect(
            await open.refusal(of: try bench.request(from: 7, to: 8)) == .conflict(size: 5))
        #expect(
            await open.refusal(of: try alone(bench.signer, 6))
                == .badProof(.wrongLength(hashes: 0)))
        #expect(
            await open.refusal(of: try bench.request(from: 5, to: 5, "fork")) == .fork(size: 5))
        let forked = await open.refusal(of: try bench.request(from: 5, to: 9, "fork"))
        guard case .badProof = forked else {
            Issue.record("\(String(describing: forked))")
            return
        }
        #expect(try Data(contentsOf: bench.heads) == before)
        #expect(await open.refusal(of: try bench.request(from: 5, to: 9)) == nil)
    }

    @Test func `a signature with one bit flipped is refused`() async throws {
        let open = try bench.witness()
        let body = try bench.request(from: 0, to: 3)
        let accepted = await (0..<(body.count * 8)).asyncFilter { bit in
            await open.refusal(of: body.flipping(bit: bit)) == nil
        }
        #expect(accepted == [])
    }

    @Test func `an empty proof from nothing must stay empty`() async throws {
        let open = try bench.witness()
        let body = AddCheckpointRequest(
            proof: ConsistencyProof(old: 0, new: 3, path: [.emptyTree]),
            checkpoint: try bench.checkpoint(bench.tree(3))
        ).octets
        #expect(await open.refusal(of: body) == .badProof(.wrongLength(hashes: 1)))
    }

    @Test func `two histories that race: one is cosigned at each size, and never the other`()
        async throws
    {
        let open = try bench.witness()
        let bodies = try (0..<40).map { number in
            try bench.request(from: 0, to: 3 + number / 2, number % 2 == 0 ? "entry" : "fork")
        }
        let good = await withTaskGroup(of: Bool.self) { group in
            for body in bodies {
                group.addTask { await open.refusal(of: body) == nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(good == 1)
    }

    @Test func `a restart goes on where it stopped, whatever the log says`() async throws {
        do {
            let open = try bench.witness()
            _ = try await open.witness.add(try bench.request(from: 0, to: 5))
        }
        bench.clock.goOn(by: -3_600_000)
        let open = try bench.witness()
        #expect(
            await open.refusal(of: try bench.request(from: 0, to: 5, "fork"))
                == .conflict(size: 5))
        #expect(
            await open.refusal(of: try bench.request(from: 5, to: 5, "fork")) == .fork(size: 5))
        // A clock that was set back does not date the larger tree before the smaller one.
        let line = try await open.witness.add(try bench.request(from: 5, to: 6))
        let text = try bench.checkpoint(bench.tree(6)).note.text
        let time = try #require(Cosignature(line, by: open.key, text: text)?.time)
        #expect(time == 1_767_225_600)
    }

    @Test func `a contradiction is kept and told`() async throws {
        let open = try bench.witness()
        _ = try await open.witness.add(try bench.request(from: 0, to: 5))
        let fork = try bench.request(from: 5, to: 5, "fork")
        _ = await open.refusal(of: fork)
        _ = await open.refusal(of: fork)
        let folder = bench.scratch.url.appendingPathComponent("w/evidence")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(files.count == 2)
        for file in files {
            let octets = Array(try Data(contentsOf: folder.appendingPathComponent(file)))
            let kept = try SignedCheckpoint(octets: octets, key: bench.signer.verifier)
            #expect(kept.checkpoint.size == 5)
        }
        #expect(bench.told.withLock { $0.first }?.contains("two histories") == true)
    }

    @Test func `what monitors are shown is what was cosigned last, with both lines`() async throws {
        let open = try bench.witness()
        let hash = Digest(hashing: Array(WitnessBench.origin.utf8)).hex
        #expect(await open.witness.checkpoint(originHash: hash) == nil)
        _ = try await open.witness.add(try bench.request(from: 0, to: 5))
        let note = try #require(await open.witness.checkpoint(originHash: hash))
        #expect(note.signatures.count == 2)
        #expect(try note.verify(with: [bench.signer.verifier]).count == 1)
        #expect(try note.cosignatures(by: [open.key]).count == 1)
    }

    @Test func `what cannot be stored is not cosigned`() async throws {
        let open = try bench.witness()
        _ = try await open.witness.add(try bench.request(from: 0, to: 5))
        // A folder in the place of the file lets nothing be renamed over it.
        try FileManager.default.removeItem(at: bench.heads)
        try FileManager.default.createDirectory(
            at: bench.heads.appendingPathComponent("inside"), withIntermediateDirectories: true)
        let refusal = await open.refusal(of: try bench.request(from: 5, to: 6))
        guard case .notStored = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        try FileManager.default.removeItem(at: bench.heads)
        #expect(
            await open.refusal(of: try bench.request(from: 5, to: 7)) == nil)
    }
}

extension Sequence where Element: Sendable {
    func asyncFilter(_ isIncluded: (Element) async -> Bool) async -> [Element] {
        var kept: [Element] = []
        for element in self where await isIncluded(element) { kept.append(element) }
        return kept
    }
}
