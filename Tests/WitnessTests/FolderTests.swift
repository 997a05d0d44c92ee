import Foundation
import TestKit
import Testing
import TransparencyLog

@testable import Witness

/// What a witness finds in its folder, and when it does not begin.
@Suite struct `A witness's folder` {
    private let bench: WitnessBench

    init() throws { bench = try WitnessBench() }

    private func fault() -> WitnessFault? {
        do {
            _ = try bench.witness()
            return nil
        } catch {
            return error as? WitnessFault
        }
    }

    private func cosign() async throws {
        let open = try bench.witness()
        _ = try await open.witness.add(try bench.request(from: 0, to: 5))
    }

    @Test func `the key is made once, and its owner's alone`() throws {
        let first = try bench.witness().key
        #expect(try bench.witness().key == first)
        let file = bench.scratch.path("w/witness.key")
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test func `it is one process's at a time`() throws {
        let open = try bench.witness()
        guard case .inUse = fault() else {
            Issue.record("two witnesses run on one folder")
            return
        }
        withExtendedLifetime(open) {}
    }

    @Test func `another name is refused`() throws {
        _ = try bench.witness()
        let folder = try bench.folder()
        #expect(throws: WitnessFault.otherName(expected: "x.example", found: "w.example")) {
            try folder.signer(name: "x.example") { [] }
        }
    }

    @Test func `what was cosigned and is lost is not begun anew`() async throws {
        try await cosign()
        try FileManager.default.removeItem(at: bench.heads)
        guard case .headsLost = fault() else {
            Issue.record("a second history could be cosigned")
            return
        }
    }

    @Test func `every altered bit of what was cosigned is found`() async throws {
        try await cosign()
        let octets = Array(try Data(contentsOf: bench.heads))
        var taken: [Int] = []
        for bit in 0..<(octets.count * 8) {
            try Data(octets.flipping(bit: bit)).write(to: bench.heads)
            if fault() == nil { taken.append(bit) }
        }
        // A space for the final newline says the same.
        #expect(taken.filter { $0 / 8 < octets.count - 1 } == [])
        try Data(octets).write(to: bench.heads)
        #expect(fault() == nil)
    }

    @Test func `a file that ends early is refused`() async throws {
        try await cosign()
        let octets = Array(try Data(contentsOf: bench.heads))
        for count in 0..<(octets.count - 1) {
            try Data(octets.prefix(count)).write(to: bench.heads)
            guard case .corrupt = fault() else {
                Issue.record("\(count) octets were taken")
                return
            }
        }
    }

    @Test func `a log of the witness's own key, or twice the same, is refused`() throws {
        let log = WitnessedLog(key: bench.signer.verifier)
        #expect(throws: WitnessFault.self) { try bench.witness([log, log]) }
        let own = WitnessedLog(key: try bench.witness().key.noteKey)
        #expect(throws: WitnessFault.self) { try bench.witness([own]) }
    }
}
