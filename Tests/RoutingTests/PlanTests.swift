import CanonicalJSON
import Testing

@testable import Routing

@Suite struct Plans {
    private static let ratified = """
        \(backend("b"))
        ---
        \(backend("c"))
        ---
        kind: HTTPRoute
        name: library
        hostnames: [library.example.org]
        rules:
          - name: reading
            matches: [{path: {value: /catalogue}}]
            backendRefs: [{name: b, weight: 9}, {name: c, weight: 1}]
          - name: all
            backendRefs: [{name: b}]
        ---
        {kind: HTTPRoute, name: archive, hostnames: ["*.example.org"], rules: [{matches: [{path: \
        {value: /old}}], backendRefs: [{name: b}]}]}
        """

    private func plan(_ yaml: String) throws -> Plan {
        try Plan(bundle(yaml), on: DocumentSet(enacting: Self.ratified))
    }

    /// The library's route with other rules.
    private static func library(_ rules: String) -> String {
        "{kind: HTTPRoute, name: library, hostnames: [library.example.org], rules: [\(rules)]}"
    }

    private static let all = "{name: all, backendRefs: [{name: b}]}"

    @Test func `weights between backends named already are routine and move nothing`() throws {
        let plan = try plan(
            Self.library(
                """
                {name: reading, matches: [{path: {value: /catalogue}}], backendRefs: [{name: b, \
                weight: 1}, {name: c, weight: 1}]}, \(Self.all)
                """))
        #expect(plan.changeClass == .routine)
        #expect(plan.moves.isEmpty)
        #expect(
            plan.rules == [
                Plan.RuleChange(rule: "library/reading", kind: .changed, fields: ["backendRefs"])
            ])
        #expect(
            plan.reasons == [
                """
                HTTPRoute/library changes matches or weights between backends that it names already
                """
            ])
    }

    @Test(arguments: ["headers", "queryParams"])
    func `a value of other octets is a change, though it looks alike`(field: String) throws {
        func route(_ value: String) -> String {
            Self.library(
                """
                {name: reading, matches: [{\(field): [{name: x, value: "\(value)"}]}], \
                backendRefs: [{name: b}]}
                """)
        }
        let base = try DocumentSet(enacting: "\(backend("b"))\n---\n\(route("\u{E9}"))")
        let plan = try Plan(bundle(route("e\u{301}")), on: base)
        #expect(
            plan.rules == [
                Plan.RuleChange(rule: "library/reading", kind: .changed, fields: ["matches"])
            ])
    }

    @Test func `matches moved within a route are routine, and the moves are shown`() throws {
        let plan = try plan(
            Self.library(
                """
                {name: reading, matches: [{path: {value: /catalogue/new}}], backendRefs: [{name: \
                b, weight: 9}, {name: c, weight: 1}]}, \(Self.all)
                """))
        #expect(plan.changeClass == .routine)
        #expect(plan.moves == [Plan.Move(before: "library/reading", after: "library/all")])
        #expect(
            plan.rules == [
                Plan.RuleChange(rule: "library/reading", kind: .changed, fields: ["matches"])
            ])
    }

    @Test func `a route given up lets requests fall to a broader one, and is sensitive`() throws {
        let plan = try plan(
            Self.library(
                """
                {name: reading, matches: [{path: {value: /catalogue}}], backendRefs: [{name: b}]}
                """))
        #expect(
            plan.moves == [
                Plan.Move(before: "library/all", after: ""),
                Plan.Move(before: "library/all", after: "archive/#1"),
            ])
        #expect(plan.changeClass == .sensitive)
        #expect(plan.reasons == ["requests move from library/all to archive/#1"])
        #expect(plan.rules.map(\.rule) == ["library/all", "library/reading"])
        #expect(plan.rules.map(\.kind) == [.removed, .changed])
    }

    @Test func `a narrow new route that takes requests from a broad one is seen`() throws {
        let plan = try plan(
            """
            {kind: HTTPRoute, name: shadow, hostnames: [library.example.org], rules: [{matches: \
            [{path: {value: /catalogue/rare}}], backendRefs: [{name: b}]}]}
            """)
        #expect(plan.moves == [Plan.Move(before: "library/reading", after: "shadow/#1")])
        #expect(plan.changeClass == .sensitive)
        #expect(
            plan.reasons == [
                "HTTPRoute/shadow is new, on requests that library/reading fits too",
                "requests move from library/reading to shadow/#1",
            ])
    }

    @Test func `a new route that loses to what is there moves only what nothing served`() throws {
        let plan = try plan(
            """
            {kind: HTTPRoute, name: late, hostnames: [library.example.org, l.example.net], rules: \
            [{backendRefs: [{name: b}]}]}
            """)
        #expect(plan.moves == [Plan.Move(before: "", after: "late/#1")])
        #expect(plan.changeClass == .sensitive)
        #expect(plan.reasons == ["HTTPRoute/late is new, on requests that library/all fits too"])
    }

    @Test func `a new route on an exact host where nothing is served is routine`() throws {
        let plan = try plan(
            """
            {kind: HTTPRoute, name: new, hostnames: [new.example.net], rules: [{backendRefs: \
            [{name: b}]}]}
            """
        )
        #expect(plan.changeClass == .routine)
        #expect(plan.moves == [Plan.Move(before: "", after: "new/#1")])
        #expect(plan.rules == [Plan.RuleChange(rule: "new/#1", kind: .added, fields: [])])
    }

    @Test(arguments: [
        (
            "{kind: HTTPRoute, name: new, rules: [{backendRefs: [{name: b}]}]}",
            "HTTPRoute/new is new and serves every host"
        ),
        (
            """
            {kind: HTTPRoute, name: new, hostnames: [\"*.example.net\"], rules: [{backendRefs: \
            [{name: b}]}]}
            """,
            "HTTPRoute/new is new and serves the wildcard *.example.net"
        ),
        (
            "{kind: HTTPRoute, name: new, hostnames: [n.example.net], rules: [{}]}",
            "HTTPRoute/new is new and has a rule without backends"
        ),
        (backend("d"), "Backend/d is new"),
        (backend("b", port: 9002), "Backend/b changes"),
        ("[{op: delete, kind: HTTPRoute, name: archive}]", "HTTPRoute/archive is deleted"),
        (
            """
            {kind: HTTPRoute, name: archive, hostnames: [\"*.example.org\", a.net], rules: \
            [{matches: [{path: {value: /old}}], backendRefs: [{name: b}]}]}
            """,
            "HTTPRoute/archive changes its hostnames"
        ),
        (
            """
            {kind: HTTPRoute, name: archive, hostnames: [\"*.example.org\"], rules: [{matches: \
            [{path: {value: /old}}], backendRefs: [{name: c}]}]}
            """,
            "HTTPRoute/archive did not send to Backend/c before"
        ),
        (
            """
            {kind: HTTPRoute, name: archive, hostnames: [\"*.example.org\"], rules: [{matches: \
            [{path: {value: /old}}], backendRefs: [{name: b, port: 9001}]}]}
            """,
            "HTTPRoute/archive did not send to Backend/b port 9001 before"
        ),
        (
            """
            \(backend("d"))
            ---
            {kind: HTTPRoute, name: new, hostnames: [n.example.net], \
            rules: [{backendRefs: [{name: d}]}]}
            """,
            "HTTPRoute/new is new and sends to Backend/d, not ratified before"
        ),
    ])
    func `what is not on the list of small changes is sensitive, and the plan says why`(
        yaml: String, reason: String
    ) throws {
        let plan = try plan(yaml)
        #expect(plan.changeClass == .sensitive)
        #expect(plan.reasons.contains(reason))
    }

    @Test func `hostnames changed alone move requests`() throws {
        let plan = try plan(
            """
            kind: HTTPRoute
            name: archive
            hostnames: [archive.example.net]
            rules: [{matches: [{path: {value: /old}}], backendRefs: [{name: b}]}]
            """)
        #expect(
            plan.moves == [
                Plan.Move(before: "", after: "archive/#1"),
                Plan.Move(before: "archive/#1", after: ""),
            ])
        #expect(plan.rules.map(\.fields) == [["hostnames"]])
    }

    @Test func `one sensitive operation makes the whole bundle sensitive`() throws {
        let plan = try plan(
            """
            {kind: HTTPRoute, name: new, hostnames: [new.example.net], rules: [{backendRefs: \
            [{name: b}]}]}
            ---
            \(backend("d"))
            """)
        #expect(plan.changeClass == .sensitive)
        #expect(plan.reasons == ["Backend/d is new"])
    }

    @Test func `routes that trade requests in one bundle are seen`() throws {
        let plan = try plan(
            """
            {kind: HTTPRoute, name: archive, hostnames: ["*.example.org"], rules: [{matches: \
            [{path: {value: /older}}], backendRefs: [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: second, hostnames: ["*.example.org"], rules: [{matches: \
            [{path: {value: /old}}], backendRefs: [{name: b}]}]}
            """)
        #expect(
            plan.moves == [
                Plan.Move(before: "", after: "archive/#1"),
                Plan.Move(before: "archive/#1", after: "second/#1"),
            ])
    }

    @Test func `the digests are of the canonical plan, with and without its class`() throws {
        let set = try DocumentSet(enacting: Self.ratified)
        let bundle = try bundle(
            """
            {kind: HTTPRoute, name: new, hostnames: [new.example.net], rules: [{backendRefs: \
            [{name: b}]}]}
            """
        )
        let plan = try Plan(bundle, on: set)
        let after = try #require(plan.changes.first?.after?.hex)
        let changes =
            #"[{"after":"\#(after)","before":"","kind":"HTTPRoute","name":"new"}]"#
        let moves = #"[["","new/#1"]]"#
        let whole = #"{"changes":\#(changes),"class":"routine","moves":\#(moves)}"#
        #expect(plan.value.canonicalText == whole)
        #expect(plan.digest == ContentDigest(of: Array(whole.utf8)))
        let effect = #"{"changes":\#(changes),"moves":\#(moves)}"#
        #expect(plan.effectDigest == ContentDigest(of: Array(effect.utf8)))
    }

    @Test func `a notice names the document and the field`() throws {
        let plan = try plan(
            """
            {kind: HTTPRoute, name: new, labels: {a: b}, hostnames: [new.example.net], rules: \
            [{backendRefs: [{name: b}]}]}
            """)
        #expect(plan.notices == ["HTTPRoute/new /labels: labels do nothing here"])
    }

    @Test func `a plan that could not be enacted is refused`() throws {
        let fault = #expect(throws: PlanFault.self) {
            try plan("[{op: delete, kind: Backend, name: b}]")
        }
        #expect(fault?.kind == .backendInUse(backend: "b", route: "archive"))
    }
}

@Suite struct PlanBounds {
    private func route(_ name: String, matches: Int, hosts: Int, header: String) -> JSONValue {
        let rules = (0..<2).map { rule -> JSONValue in
            let all = (0..<(matches / 2)).map { index -> JSONValue in
                let field: JSONValue = [
                    "name": .string("\(header)\(rule)-\(index)"), "value": "1",
                ]
                return ["headers": [field]]
            }
            return ["matches": .array(all)]
        }
        return [
            "kind": "HTTPRoute", "name": .string(name), "rules": .array(rules),
            "hostnames": .array((0..<hosts).map { .string("h\($0).org") }),
        ]
    }

    @Test func `matches that all overlap run out of comparisons, not of time`() throws {
        var set = DocumentSet()
        let old = (0..<4).map { route("r\($0)", matches: 128, hosts: 16, header: "a\($0)") }
        try set.apply(OperationBundle(applying: old), by: Enactment(entry: 1, proposal: 1))
        let new = (0..<4).map { route("r\($0)", matches: 128, hosts: 16, header: "b\($0)") }
        let fault = #expect(throws: PlanFault.self) {
            try Plan(OperationBundle(applying: new), on: set)
        }
        #expect(fault?.kind == .tooManyOverlaps(limit: 1_000_000))
    }

    @Test func `the largest route on paths of its own can be changed`() throws {
        let rules = { (shift: Int) -> JSONValue in
            let matches = (0..<64).map { index -> JSONValue in
                ["path": ["value": .string("/p\(index + shift)")]]
            }
            return [["matches": .array(matches)], ["matches": .array(matches), "name": "second"]]
        }
        let hosts = JSONValue.array((0..<16).map { .string("h\($0).org") })
        let route = { (shift: Int) -> JSONValue in
            ["kind": "HTTPRoute", "name": "r", "hostnames": hosts, "rules": rules(shift)]
        }
        var set = DocumentSet()
        try set.apply(OperationBundle(applying: [route(0)]), by: Enactment(entry: 1, proposal: 1))
        let plan = try Plan(OperationBundle(applying: [route(1)]), on: set)
        #expect(
            plan.moves == [
                Plan.Move(before: "", after: "r/#1"), Plan.Move(before: "r/#1", after: ""),
            ])
    }

    @Test func `routes that do not overlap cost a plan nothing`() throws {
        let changed: JSONValue = [
            "kind": "HTTPRoute", "name": "new", "hostnames": ["h.example.org"],
            "rules": [["matches": [["path": ["value": "/a"]]]]],
        ]
        let spent = try [1, 500].map { count in
            var index = MatchIndex()
            for number in 0..<count {
                let value: JSONValue = [
                    "kind": "HTTPRoute", "name": .string("r\(number)"),
                    "hostnames": [.string("h\(number).example.org"), "h.example.org"],
                    "rules": [["matches": [["path": ["value": .string("/p\(number)")]]]]],
                ]
                let route = try #require(try ProposedDocument(validating: value).route)
                index.insert(route, sequence: number)
            }
            let new = try #require(try ProposedDocument(validating: changed).route)
            return try Movement(base: index, old: [], new: [(new, .max)]).budget.spent
        }
        #expect(spent[0] == spent[1])
        #expect(spent[0] > 0)
    }
}
