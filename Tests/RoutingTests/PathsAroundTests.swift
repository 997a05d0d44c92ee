import TestKit
import Testing

@testable import Routing

/// A path in a list of such.
private struct Place: AtPath {
    let path: String
}

@Suite struct `Paths around a path` {
    private static let segments = ["a", "b", "!", "a!", "ab", "~"]

    private func path(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...5, using: &random)).map { _ in
            "/\(Self.segments[Int.random(in: 0..<Self.segments.count, using: &random)])"
        }
        .joined()
    }

    @Test(arguments: 0..<50)
    func `they are the path and what stands before its slashes, longest first`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let all = Set((0..<Int.random(in: 0...60, using: &random)).map { _ in path(&random) })
        let list = all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map(Place.init)
        for _ in 0..<100 {
            let asked = path(&random)
            let expected = Witness.prefixes(of: asked).map { String($0) }.filter(all.contains)
            let found = list.places(around: asked)
            #expect(found.places.map { list[$0].path } == expected, "seed \(seed), \(asked)")
        }
    }

    @Test func `a path of hundreds of segments among few others takes few steps`() {
        let list = ["", "/a", "/b/c"].map(Place.init)
        let found = list.places(around: String(repeating: "/a", count: 500))
        #expect(found.places == [1, 0])
        #expect(found.misses == 1)
    }

    @Test func `each step in vain is told, so that it can be paid for`() {
        // Beside each segment stands something that comes before all the shorter paths.
        let list = (0..<200).map { Place(path: String(repeating: "/a", count: $0) + "/!") }
            .sorted { $0.path < $1.path }
        let found = list.places(around: String(repeating: "/a", count: 200))
        #expect(found.places.isEmpty)
        #expect(found.misses == 201)
    }
}
