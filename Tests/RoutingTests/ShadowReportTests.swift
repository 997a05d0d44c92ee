import CanonicalJSON
import Testing

@testable import Routing

@Suite struct ShadowReports {
    /// The lines of a report on operations, given the documents in force.
    private func lines(_ operations: String, on ratified: String) throws -> [String] {
        let base = try DocumentSet(enacting: ratified)
        return try ShadowReport(bundle(operations), on: base).lines
    }

    private static func route(_ name: String, _ host: String, _ rules: String) -> String {
        "{kind: HTTPRoute, name: \(name), hostnames: [\(host)], rules: [\(rules)]}"
    }

    private static let broad = route("old", "a.org", "{matches: [{path: {value: /x}}]}")

    @Test func `a narrow new route takes what it fits from a broad one, and nothing else`() throws {
        let narrow = Self.route(
            "new", "a.org",
            """
            {matches: [{path: {value: /x/y}, method: GET}, {path: {type: Exact, value: /x/y/z}}]}
            """)
        #expect(
            try lines(narrow, on: Self.broad) == [
                "old/#1 1 → new/#1 1: GET a.org/x/y…",
                "  except new/#1 2: GET a.org/x/y/z",
                "  e.g. GET http://a.org/x/y/any",
                "old/#1 1 → new/#1 2: * a.org/x/y/z",
                "  e.g. GET http://a.org/x/y/z",
            ])
    }

    @Test func `a deletion gives back what the route held, to each that it shadowed`() throws {
        let rules = "{matches: [{path: {value: /x/y}}, {path: {value: /z}}]}"
        let ratified = """
            \(Self.broad)
            ---
            \(Self.route("all", "\"*.org\"", "{matches: [{method: PUT}]}"))
            ---
            \(Self.route("gone", "a.org", rules))
            """
        #expect(
            try lines("[{op: delete, kind: HTTPRoute, name: gone}]", on: ratified) == [
                "gone/#1 2 → 404: * a.org/z…",
                "  except all/#1 1: PUT a.org/z…",
                "  e.g. GET http://a.org/z/any",
                "gone/#1 2 → all/#1 1: PUT a.org/z…",
                "  e.g. PUT http://a.org/z/any",
                "gone/#1 1 → old/#1 1: * a.org/x/y…",
                "  e.g. GET http://a.org/x/y/any",
            ])
    }

    @Test func `a wildcard takes what exact hosts leave to broader ones`() throws {
        let ratified = """
            \(Self.route("every", "", "{}"))
            ---
            \(Self.route("one", "a.x.org", "{matches: [{path: {value: /one}}]}"))
            ---
            \(Self.route("deep", "\"*.any.x.org\"", "{}"))
            """
        #expect(
            try lines(Self.route("wide", "\"*.x.org\"", "{}"), on: ratified) == [
                "every/#1 1 → wide/#1 1: * *.x.org…",
                "  except deep/#1 1: * *.any.x.org…",
                "  except one/#1 1: * a.x.org/one…",
                "  e.g. GET http://any2.x.org/any",
            ])
    }

    @Test func `where every host is served an example is under a name of no other route`() throws {
        let ratified = """
            \(Self.route("example", "\"*.example\"", "{}"))
            ---
            \(Self.route("test", "a.test", "{}"))
            """
        #expect(
            try lines(Self.route("every", "", "{}"), on: ratified) == [
                "404 → every/#1 1: * *…",
                "  except example/#1 1: * *.example…",
                "  except test/#1 1: * a.test…",
                "  e.g. GET http://any.any/any",
            ])
    }

    @Test func `exceptions are told once, the widest, by the match that wins`() throws {
        let ratified = """
            \(Self.route("senior", "a.org", "{matches: [{path: {value: /x}}]}"))
            ---
            \(Self.route("junior", "a.org", "{matches: [{path: {value: /x}}, {method: PUT}]}"))
            ---
            \(Self.route("inner", "a.org", "{matches: [{path: {value: /x/y}, method: PUT}]}"))
            ---
            \(Self.route("also", "a.org", "{matches: [{path: {value: /x/y}}]}"))
            """
        #expect(
            try lines(Self.route("wide", "\"*.org\"", "{}"), on: ratified) == [
                "404 → wide/#1 1: * *.org…",
                "  except junior/#1 2: PUT a.org…",
                "  except senior/#1 1: * a.org/x…",
                "  e.g. GET http://any.org/any",
            ])
    }

    @Test func `the hosts of a route are told one by one, in order`() throws {
        #expect(
            try lines(
                Self.route(
                    "two", "b.org, a.org",
                    "{matches: [{path: {value: /y}}, {path: {type: Exact, value: /x}}]}"),
                on: Self.broad)
                == [
                    "404 → two/#1 1: * a.org/y…", "  e.g. GET http://a.org/y/any",
                    "404 → two/#1 1: * b.org/y…", "  e.g. GET http://b.org/y/any",
                    "404 → two/#1 2: * b.org/x", "  e.g. GET http://b.org/x",
                    "old/#1 1 → two/#1 2: * a.org/x", "  e.g. GET http://a.org/x",
                ])
    }

    @Test func `a match on a header takes the requests that have it`() throws {
        let beta = Self.route(
            "beta", "a.org",
            "{matches: [{path: {value: /x}, headers: [{name: X-Edition, value: beta}]}]}")
        #expect(
            try lines(beta, on: Self.broad) == [
                "old/#1 1 → beta/#1 1: * a.org/x… | x-edition: beta",
                "  e.g. GET http://a.org/x/any | x-edition: beta",
            ])
    }

    @Test func `a query parameter of an example is escaped`() throws {
        let french = Self.route(
            "french", "a.org",
            "{matches: [{path: {value: /x}, queryParams: [{name: q r, value: 'a&b=é+'}]}]}")
        #expect(
            try lines(french, on: Self.broad) == [
                "old/#1 1 → french/#1 1: * a.org/x… ?q r=a&b=é+",
                "  e.g. GET http://a.org/x/any?q%20r=a%26b%3D%C3%A9%2B",
            ])
    }

    @Test func `of equal matches the route ratified first keeps its requests`() throws {
        let later = Self.route(
            "a-later", "a.org",
            "{matches: [{path: {value: /x}}, {path: {value: /x}, method: PUT}]}")
        #expect(
            try lines(later, on: Self.broad) == [
                "old/#1 1 → a-later/#1 2: PUT a.org/x…",
                "  e.g. PUT http://a.org/x/any",
            ])
        let swap = "[{op: delete, kind: HTTPRoute, name: old}]"
        #expect(
            try lines(swap, on: "\(Self.broad)\n---\n\(later)") == [
                "old/#1 1 → a-later/#1 1: * a.org/x…",
                "  except a-later/#1 2: PUT a.org/x…",
                "  e.g. GET http://a.org/x/any",
            ])
    }

    @Test func `what moves within a route is told rule by rule`() throws {
        let named = { (first: String, second: String) in
            Self.route(
                "r", "a.org",
                """
                {name: one, matches: [{path: {value: \(first)}}]}, \
                {name: two, matches: [{path: {value: \(second)}}]}
                """)
        }
        #expect(
            try lines(named("/x/y", "/"), on: named("/x", "/")) == [
                "r/one 1 → r/two 1: * a.org/x…",
                "  except r/one 1: * a.org/x/y…",
                "  e.g. GET http://a.org/x/any",
            ])
    }

    @Test func `requests that every nameable method is taken from have another one`() throws {
        let methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
        let taken = methods.map { "{method: \($0)}" }.joined(separator: ", ")
        let report = try lines(
            Self.route("rest", "a.org", "{}"),
            on: Self.route("named", "a.org", "{matches: [\(taken)]}"))
        #expect(report.first == "404 → rest/#1 1: * a.org…")
        #expect(report.last == "  e.g. PROPFIND http://a.org/any")
        #expect(report.count == 2 + methods.count)
    }

    @Test func `a segment that an exception names is not the example's`() throws {
        let ratified = Self.route(
            "named", "a.org", "{matches: [{path: {value: /any}}, {path: {value: /any2}}]}")
        #expect(
            try lines(Self.route("rest", "a.org", "{}"), on: ratified).last
                == "  e.g. GET http://a.org/any3")
    }

    @Test func `an example has the Host asked for, if that is one of the hosts`() throws {
        let asking = { (value: String) in
            "{matches: [{headers: [{name: Host, value: \(value)}]}]}"
        }
        let route = Self.route("asks", "\"*.a.org\"", asking("x.a.org"))
        #expect(
            try lines(route, on: Self.broad) == [
                "404 → asks/#1 1: * *.a.org… | host: x.a.org",
                "  e.g. GET http://x.a.org/any | host: x.a.org",
            ])
        let impossible = Self.route("asks", "\"*.a.org\"", asking("b.org"))
        #expect(try lines(impossible, on: Self.broad).last == "  e.g. none")
    }

    @Test func `no example is given that another match on Host takes`() throws {
        let ratified = Self.route(
            "host", "",
            """
            {matches: [{path: {type: Exact, value: /x}, headers: [{name: Host, value: a.org}]}]}
            """)
        #expect(
            try lines(Self.route("new", "a.org", "{matches: [{method: GET}]}"), on: ratified) == [
                "404 → new/#1 1: GET a.org…",
                "  except host/#1 1: GET a.org/x | host: a.org",
                "  e.g. GET http://a.org/any",
                "host/#1 1 → new/#1 1: GET a.org/x | host: a.org",
                "  e.g. GET http://a.org/x | host: a.org",
            ])
        let same = Self.route("new", "a.org", "{matches: [{path: {type: Exact, value: /x}}]}")
        #expect(try lines(same, on: ratified).contains("  e.g. none"))
    }

    @Test func `a change of backends alone moves no request`() throws {
        let sends = { (name: String) in
            Self.route("r", "a.org", "{backendRefs: [{name: \(name)}]}")
        }
        let ratified = "\(backend("b"))\n---\n\(backend("c"))\n---\n\(sends("b"))"
        #expect(try lines(sends("c"), on: ratified).isEmpty)
    }

    @Test func `a bundle that could not be enacted has no report`() throws {
        let fault = #expect(throws: PlanFault.self) {
            try lines("[{op: delete, kind: HTTPRoute, name: none}]", on: Self.broad)
        }
        #expect(fault?.kind == .notInForce(DocumentKey(kind: .route, name: "none")))
    }

    @Test func `the report is served as documents spell matches`() throws {
        let narrow = Self.route(
            "new", "a.org", "{matches: [{method: GET, headers: [{name: x, value: '1'}]}]}")
        let first = Self.route("first", "a.org", "{matches: [{path: {type: Exact, value: /x}}]}")
        let base = try DocumentSet(enacting: first)
        let report = try ShadowReport(bundle(narrow), on: base)
        #expect(
            report.value.canonicalText == """
                {"changes":[{"after":{"match":1,"rule":"new/#1"},\
                "example":{"headers":[{"name":"x","value":"1"}],"method":"GET",\
                "url":"http://a.org/any"},\
                "except":[{"match":{"match":1,"rule":"first/#1"},"requests":\
                {"headers":[{"name":"x","value":"1"}],"host":"a.org","method":"GET",\
                "path":{"type":"Exact","value":"/x"}}}],\
                "requests":{"headers":[{"name":"x","value":"1"}],"host":"a.org","method":"GET",\
                "path":{"type":"PathPrefix","value":"/"}}}]}
                """)
    }
}
