import CanonicalJSON
import Testing

@testable import Routing

@Suite struct ShadowBounds {
    private func route(
        _ name: String, hosts: [String], paths: [String], header: String? = nil
    ) -> JSONValue {
        let matches = paths.map { path -> JSONValue in
            let fields: [JSONValue] = header.map { [["name": .string($0), "value": "1"]] } ?? []
            return ["path": ["value": .string(path)], "headers": .array(fields)]
        }
        return [
            "kind": "HTTPRoute", "name": .string(name),
            "hostnames": .array(hosts.map { .string($0) }),
            "rules": [["matches": .array(matches)]],
        ]
    }

    private func table(_ routes: [JSONValue]) throws -> DocumentSet {
        let documents = try routes.enumerated().map { number, route in
            RatifiedDocument(
                proposed: try ProposedDocument(validating: route), sequence: number,
                enactment: Enactment(entry: number, proposal: number))
        }
        return try DocumentSet(restoring: documents)
    }

    private func spent(_ operations: [JSONValue], on base: DocumentSet) throws -> Int {
        let bundle = try OperationBundle(applying: operations)
        let versions = bundle.operations.compactMap { RouteVersions($0, on: base) }
        let movement = try Movement(of: versions, on: base, collectsPairs: true)
        var search = ShadowSearch(movement)
        #expect(try search.changes().isEmpty == false)
        return search.budget.spent
    }

    @Test func `routes that do not overlap cost a report nothing`() throws {
        let spent = try [1, 500].map { count in
            let others = (0..<count).map {
                route("r\($0)", hosts: ["h\($0).example.org", "*.h\($0).net"], paths: ["/p\($0)"])
            }
            let base = try table(others + [route("broad", hosts: ["*.a.org"], paths: ["/"])])
            return try self.spent([route("new", hosts: ["*.x.a.org"], paths: ["/a"])], on: base)
        }
        #expect(spent[0] == spent[1])
        #expect(spent[0] > 0)
    }

    @Test func `a catch-all over ten thousand hosts is told with every exception`() throws {
        let base = try table(
            (0..<10_000).map { route("r\($0)", hosts: ["h\($0).example.org"], paths: ["/a"]) })
        let bundle = try OperationBundle(applying: [route("all", hosts: [], paths: ["/"])])
        let report = try ShadowReport(bundle, on: base)
        #expect(report.changes.count == 1)
        #expect(report.changes[0].excepts.count == 10_000)
    }

    @Test func `a report of too many octets is refused, though the plan stands`() throws {
        let base = try table(
            (0..<80).map { number in
                route("r\(number)", hosts: ["a.org"], paths: (0..<64).map { "/\(number)/\($0)" })
            })
        let matches = (0..<4).map { number -> JSONValue in
            let fields = (0..<64).map { field -> JSONValue in
                ["headers": [["name": .string("h\(number)-\(field)"), "value": "1"]]]
            }
            return [
                "kind": "HTTPRoute", "name": .string("n\(number)"),
                "rules": [["matches": .array(fields)]],
            ]
        }
        let bundle = try OperationBundle(applying: matches)
        #expect(try Plan(bundle, on: base).moves.count == 4)
        let fault = #expect(throws: PlanFault.self) { try ShadowReport(bundle, on: base) }
        #expect(fault?.kind == .reportTooLong(limit: 4 << 20))
    }

    @Test func `exceptions that all overlap run out of comparisons, not of time`() throws {
        let base = try table(
            (0..<1_100).map { route("r\($0)", hosts: [], paths: ["/"], header: "h\($0)") })
        let bundle = try OperationBundle(applying: [route("all", hosts: [], paths: ["/"])])
        let fault = #expect(throws: PlanFault.self) { try ShadowReport(bundle, on: base) }
        #expect(fault?.kind == .tooManyOverlaps(limit: 1_000_000))
    }

    @Test func `a host that is gone is found below no wildcard`() {
        var tree = NameTree()
        tree.insert("a.b.org")
        tree.insert("b.org")
        tree.insert("c.d.org")
        tree.remove("b.org") { _ in false }
        #expect(tree.names(below: "b.org") == ["a.b.org"])
        tree.remove("a.b.org") { $0 == "b.org" }
        #expect(tree.names(below: "org").sorted() == ["b.org", "c.d.org", "d.org"])
        tree.remove("b.org") { _ in false }
        tree.remove("c.d.org") { _ in false }
        #expect(tree.names(below: "").isEmpty)
    }
}
