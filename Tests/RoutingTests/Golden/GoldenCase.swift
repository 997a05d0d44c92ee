import Foundation
import FuzzTargets
import Routing
import Testing

/// Documents, a request, and the rule that reference/routing.md says serves it.
struct GoldenCase: Sendable, CustomTestStringConvertible {
    let rule: String
    let documents: String
    let request: String
    let expected: String

    var testDescription: String { "\(rule): \(request)" }

    /// Cases over the same documents.
    ///
    /// - Parameter text: YAML documents, a line of dashes and an equals sign (`-=-`), then lines of
    ///   `request => expected`.
    static func cases(_ rule: String, _ text: String) -> [GoldenCase] {
        let parts = text.components(separatedBy: "\n-=-\n")
        return parts[1].split(separator: "\n").map { line in
            let sides = line.components(separatedBy: " => ")
            return GoldenCase(
                rule: rule, documents: parts[0], request: sides[0], expected: sides[1])
        }
    }
}

@Suite struct Golden {
    @Test(arguments: GoldenCase.hosts + GoldenCase.paths)
    func `hosts and paths lead where the page says`(example: GoldenCase) throws {
        let table = try RouteTable(example.documents)
        #expect(table.label(for: TestRequest(example.request)) == example.expected)
    }

    @Test(arguments: GoldenCase.fields + GoldenCase.ties)
    func `methods, fields and ties decide as the page says`(example: GoldenCase) throws {
        let table = try RouteTable(example.documents)
        #expect(table.label(for: TestRequest(example.request)) == example.expected)
    }

    @Test(arguments: GoldenCase.hosts + GoldenCase.paths + GoldenCase.fields + GoldenCase.ties)
    func `the naive matcher agrees with every golden case`(example: GoldenCase) throws {
        let documents = "\(backend("b"))\n---\n\(example.documents)"
        let naive = NaiveMatcher(try DocumentSet(enacting: documents))
        #expect(naive.decide(TestRequest(example.request).routed).label == example.expected)
    }
}
