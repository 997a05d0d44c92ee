import FuzzTargets
import Routing
import TestKit
import Testing

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

    @Test(arguments: GoldenCase.all)
    func `the naive matcher agrees with every golden case`(example: GoldenCase) throws {
        let documents = "\(backend("b"))\n---\n\(example.documents)"
        let naive = NaiveMatcher(try DocumentSet(enacting: documents))
        #expect(naive.decide(TestRequest(example.request).routed).label == example.expected)
    }
}
