import Routing
import TestKit
import Testing

@testable import Governance

/// The heap of statements, against a dictionary that is searched from end to end.
@Suite struct SeenStatementsTests {
    private struct Naive {
        var untilByHash: [ContentDigest: Int64] = [:]

        mutating func insert(_ hash: ContentDigest, until: Int64) {
            if untilByHash[hash] == nil { untilByHash[hash] = until }
        }

        mutating func forget(before t: Int64) {
            untilByHash = untilByHash.filter { $0.value >= t }
        }
    }

    @Test(arguments: Array(1...20) as [UInt64])
    func `it remembers exactly what has not expired`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var seen = SeenStatements()
        var naive = Naive()
        var t: Int64 = 0
        for _ in 0..<400 {
            if Int.random(in: 0..<4, using: &random) > 0 {
                // Few hashes, so that some come again; few instants, so that some are equal.
                let hash = ContentDigest(of: [UInt8.random(in: 0...90, using: &random)])
                let until = t + Int64.random(in: 0...30, using: &random)
                seen.insert(hash, until: until)
                naive.insert(hash, until: until)
            } else {
                t += Int64.random(in: 0...12, using: &random)
                seen.forget(before: t)
                naive.forget(before: t)
            }
            #expect(seen.sorted.map(\.hash) == naive.untilByHash.keys.sorted())
            for (hash, until) in seen.sorted { #expect(naive.untilByHash[hash] == until) }
        }
        for octet in UInt8.min...UInt8.max {
            let hash = ContentDigest(of: [octet])
            #expect(seen.contains(hash) == (naive.untilByHash[hash] != nil))
        }
    }

    @Test func `at its until a statement is still remembered`() {
        var seen = SeenStatements()
        let hash = ContentDigest(of: [1])
        seen.insert(hash, until: 5)
        seen.forget(before: 5)
        #expect(seen.contains(hash))
        seen.forget(before: 6)
        #expect(!seen.contains(hash))
    }
}
