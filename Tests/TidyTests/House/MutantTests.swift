import Foundation
import TestKit
import Testing

/// The changes that `make mutants` makes, against the sources as they are.
@Suite struct MutantTests {
    @Test(arguments: ["routing", "governance"])
    func `what a mutant changes stands in its file once`(suite: String) throws {
        let list = Checkout.root.appendingPathComponent("Tests/Mutants/\(suite).txt")
        let lines = try String(contentsOf: list, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("#") }
        let mutants = lines.split { $0.isEmpty }.map(Array.init)
        #expect(mutants.count >= 30)
        for mutant in mutants {
            try #require(mutant.count == 4, "\(mutant)")
            let file = Checkout.root.appendingPathComponent(String(mutant[1]))
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.ranges(of: mutant[2]).count == 1, "\(mutant[0]): \(mutant[2])")
        }
    }
}
