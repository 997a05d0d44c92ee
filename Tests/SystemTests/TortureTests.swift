import Foundation
import TestKit
import Testing

/// Whether every call is met in every mode, `make torture`, or each kind of call once in a few.
private let isWhole = ProcessInfo.processInfo.environment["COMMONWAY_TORTURE"] != nil

/// A council that is killed at every step, and whose disk fails at every call: nothing that was
/// acknowledged is lost, and nothing signed contradicts anything signed before.
@Suite struct TortureTests {
    /// What is done to the calls of a run: each of its steps, in each mode.
    private struct Plan {
        let stage: TortureStage
        let countsFromStart: Bool
        let begin: URL?
        let modes: [FailPoint.Mode]

        /// Runs every trial, two at a time, and notes what came of each.
        func run(into table: inout TortureTable) async throws {
            let points = modes.flatMap { mode in
                table.steps.flatMap { step in
                    numbers(of: table.clean[step] ?? 0).map {
                        FailPoint(step: step, number: $0, mode: mode)
                    }
                }
            }
            for first in stride(from: 0, to: points.count, by: 2) {
                let results = try await withThrowingTaskGroup(of: TortureTrial.Result.self) {
                    group in
                    for point in points[first..<min(first + 2, points.count)] {
                        let trial = TortureTrial(
                            stage: stage, point: point, countsFromStart: countsFromStart,
                            begin: begin)
                        group.addTask { try await trial.run() }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                for result in results { table.note(result) }
            }
        }

        /// Which calls of a step are met: every one, or the one in the middle.
        private func numbers(of count: Int) -> [Int] {
            isWhole ? Array(1...count) : [(count + 1) / 2]
        }
    }

    @Test func `a crash or a fault at any step of a decision loses nothing`() async throws {
        let stage = try await TortureStage()
        let clean = try await TortureTrial(
            stage: stage, point: .none
        ).run()
        try #require(clean.trouble == nil && clean.lost == 0, "\(clean)")
        var table = TortureTable(
            "deciding \(TortureTrial.ballots) ballots", clean.calls, isWhole: isWhole)
        try await Plan(
            stage: stage, countsFromStart: false, begin: nil,
            modes: isWhole ? FailPoint.Mode.allCases : [.power, .error]
        ).run(into: &table)
        print(table.text)
        #expect(table.steps.count >= 12, "tiles, journal, last-signed and checkpoint")
        #expect(table.faults == [])
    }

    @Test func `a disk that forgets is seen: the trial can fail`() async throws {
        let trial = TortureTrial(stage: try await TortureStage(), point: .none, forgets: true)
        let result = try await trial.run()
        #expect(result.lost == TortureTrial.ballots)
        #expect(result.inconsistent == TortureTrial.ballots)
    }

    @Test func `a crash or a fault at any step of a recovery loses nothing`() async throws {
        let stage = try await TortureStage()
        // Committed and acknowledged to nobody: the tiles of its ballot were about to be written.
        let crashed = stage.community.folder.url.appendingPathComponent("crashed")
        let first = try await TortureTrial(
            stage: stage, point: .none
        ).run()
        let tile = try #require(first.calls.first { $0.step.place == "/log/tile/" })
        let crash = try await TortureTrial(
            stage: stage, point: FailPoint(step: tile.step, number: 1, mode: .before)
        ).run(keeping: crashed)
        try #require(crash.hit == tile.step)
        let clean = try await TortureTrial(
            stage: stage, point: .none, countsFromStart: true,
            begin: crashed
        ).run()
        try #require(clean.trouble == nil && clean.lost == 0, "\(clean)")
        var table = TortureTable("recovering", clean.calls, isWhole: isWhole)
        try await Plan(
            stage: stage, countsFromStart: true, begin: crashed,
            modes: isWhole ? FailPoint.Mode.allCases : [.after]
        ).run(into: &table)
        print(table.text)
        #expect(table.steps.contains { $0.place == "/log/" })
        #expect(table.faults == [])
    }
}
