import CanonicalJSON
import Testing

@testable import Routing

@Suite struct RouteTables {
    @Test func `a rule carries its backends, their ports and the vote that made it`() throws {
        let yaml = """
            {kind: Backend, name: c, endpoints: [{address: 10.0.0.1, port: 80}, {address: \
            10.0.0.2, port: 81}, {address: 10.0.0.3, port: 80, weight: 3}]}
            ---
            {kind: HTTPRoute, name: library, rules: [{name: reading, backendRefs: [{name: c, \
            port: 80, weight: 9}, {name: b}]}, {}]}
            """
        let set = try DocumentSet(enacting: "\(backend("b"))\n---\n\(yaml)")
        let table = RouteTable(compiling: set)
        #expect(table.backends.map(\.name) == ["b", "c"])
        #expect(table.rules.map(\.rule) == ["reading", "#2"])
        let rule = try #require(table.rules.first)
        #expect(
            rule.backendRefs == [
                CompiledBackendRef(
                    backend: 1, weight: 9, endpoints: [0, 2],
                    filters: CompiledFilters(filters: [], mirrors: [])),
                CompiledBackendRef(
                    backend: 0, weight: 1, endpoints: [0],
                    filters: CompiledFilters(filters: [], mirrors: [])),
            ])
        #expect(rule.weightSum == 10)
        #expect(rule.sequence == 12)
        let citation = String(decoding: rule.citation, as: UTF8.self)
        let table16 = set.tableDigest.hex.prefix(16)
        #expect(citation == "route=\"library/reading\", proposal=3, entry=12, table=\"\(table16)\"")
        #expect(table.digest == set.tableDigest)
    }

    @Test func `the decision names the match`() throws {
        let table = try RouteTable(
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{path: {value: /a}}, {path: {value: \
            /b}}, {path: {value: /c}}]}]}
            """)
        #expect(table.decide(TestRequest("GET h/b/x")) == Decision(rule: 0, match: 1))
        #expect(table.decide(TestRequest("GET h/c")) == Decision(rule: 0, match: 2))
    }

    @Test func `parameters of other octets are others, though they look alike`() throws {
        let (one, two) = ("\u{E9}", "e\u{301}")
        let table = try RouteTable(
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{queryParams: [{name: "\(one)", value: \
            "1"}, {name: "\(two)", value: "2"}]}]}]}
            """)
        #expect(table.decide(TestRequest("GET h/?\(one)=1")) == nil)
        #expect(table.decide(TestRequest("GET h/?\(one)=1&\(two)=2")) != nil)
    }

    @Test func `an empty table fits nothing`() {
        let table = RouteTable(compiling: DocumentSet())
        #expect(table.decide(TestRequest("GET h/")) == nil)
        #expect(table.decide(TestRequest("GET -/")) == nil)
    }

    @Test(arguments: ["", "*", "/", "//", "?", "\u{0}", "/%", "/a?b"])
    func `a path of any octets is judged without a trap`(path: String) throws {
        let table = try RouteTable(
            "{kind: HTTPRoute, name: r, rules: [{matches: [{path: {value: /a}}]}]}")
        let host = String(repeating: ".", count: 9000)
        let request = TestRequest(host: host, path: path, query: "%", headers: [("", "")])
        #expect(table.decide(request) == nil)
    }

    @Test func `ten thousand hosts and paths are all found`() throws {
        var documents: [RatifiedDocument] = []
        for index in 0..<10_000 {
            let value: JSONValue = [
                "kind": "HTTPRoute", "name": .string("r\(index)"),
                "hostnames": [.string("\(index % 7 == 0 ? "*." : "")h\(index / 3).example.org")],
                "rules": [["matches": [["path": ["value": .string("/p\(index)/q")]]]]],
            ]
            documents.append(
                RatifiedDocument(
                    proposed: try ProposedDocument(validating: value), sequence: index,
                    enactment: Enactment(entry: index, proposal: 1)))
        }
        let table = RouteTable(compiling: try DocumentSet(restoring: documents))
        let wrong = (0..<10_000).filter { index in
            let host = "\(index % 7 == 0 ? "x.y." : "")h\(index / 3).example.org"
            return table.label(for: TestRequest(host: host, path: "/p\(index)/q/z"))
                != "r\(index)/#1"
        }
        #expect(wrong.isEmpty)
    }
}
