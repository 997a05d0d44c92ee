import CanonicalJSON
import Foundation
import Governance
import TestKit
import Testing

@testable import commonway

/// The charter in words; the numbers are those of the table in the rules' own reference.
@Suite struct CharterTextTests {
    private func shipped() throws -> Charter {
        let file = Checkout.root.appendingPathComponent("governance/charter.yaml").path
        return try Charter(try CharterFile.read(file))
    }

    @Test(arguments: [
        (3, [2, 2, 2]), (10, [5, 6, 7]), (100, [15, 25, 40]), (1000, [48, 80, 127]),
        (10_000, [150, 250, 400]), (100_000, [475, 791, 1265]),
    ])
    func `the votes needed are those of the table`(electors: Int, needed: [Int64]) throws {
        let text = CharterText(charter: try shipped(), electors: [electors])
        let row = try #require(text.value.array?.first)
        let shown = ["routine", "sensitive", "constitutional"].map { row[$0]?.integer }
        #expect(shown == needed)
    }

    @Test func `each rule is said with the numbers of electors asked for, today's marked`() throws {
        let lines = CharterText(charter: try shipped(), electors: [1, 3, 10]).lines(today: 3)
        let text = lines.joined(separator: "\n")
        #expect(text.contains("routine: carried by 1 of 1, 2 of 3 (today), 5 of 10 yes votes,"))
        #expect(text.contains("at least 3 times as many yes as no"))
        #expect(text.contains("Discussed for 7d at least, voted on for 14d"))
        #expect(text.contains("in any 30d at most 5 of 1, 5 of 3 (today), 5 of 10 newcomers"))
        #expect(text.contains("last 1/4 of a vote"))
        #expect(lines.allSatisfy { $0.count <= 120 })
    }
}
