import FuzzTargets
import Routing
import TestKit
import Testing

/// What fits a request by host and path, and why each but one lost.
@Suite struct Candidates {
    private func candidates(_ yaml: String, _ request: String) throws -> [Candidate] {
        let set = try DocumentSet(enacting: "\(backend("b"))\n---\n\(yaml)")
        return set.candidates(for: TestRequest(request).sample)
    }

    /// `route/rule: why` for each.
    private func words(_ yaml: String, _ request: String) throws -> [String] {
        try candidates(yaml, request).map { candidate in
            let reason =
                switch candidate.verdict {
                case .wins: "wins"
                case .unmet(let unmet): unmet.map(\.words).joined(separator: "; ")
                case .outranked(let step): step.words
                }
            return "\(candidate.route)/\(candidate.rule): \(reason)"
        }
    }

    private static func route(_ name: String, _ rest: String) -> String {
        "{kind: HTTPRoute, name: \(name), \(rest)}"
    }

    private static func rule(_ match: String) -> String {
        "rules: [{matches: [{\(match)}], backendRefs: [{name: b}]}]"
    }

    /// A match on h.org, in the words of documents.
    private static func onHost(_ match: String) -> String {
        "hostnames: [h.org], " + rule("path: {value: /a/b}, " + match)
    }

    private static let header = "headers: [{name: X, value: y}]"
    private static let query = "queryParams: [{name: q, value: \"1\"}]"

    private static let losers: [(other: String, reason: String)] = [
        ("hostnames: [\"*.org\"], " + rule("path: {value: /a}"), "its host is less specific"),
        (rule("path: {value: /a}"), "its host is less specific"),
        ("hostnames: [h.org], " + rule("path: {value: /a}"), "its prefix is shorter"),
        (onHost(header), "it names no method"),
        (onHost("method: GET"), "it asks for fewer headers"),
        (onHost("method: GET, " + header), "it asks for fewer query parameters"),
        (onHost("method: GET, " + header + ", " + query), "its route was ratified later"),
        (onHost("method: POST"), "its method is POST, not GET"),
        (
            onHost("headers: [{name: X-Edition, value: beta}]"),
            "header x-edition is missing, not beta"
        ),
        (onHost("headers: [{name: X, value: z}]"), "header x is y, not z"),
        (onHost("queryParams: [{name: q, value: \"2\"}]"), "query parameter q is 1, not 2"),
        (onHost("queryParams: [{name: p, value: \"2\"}]"), "query parameter p is missing, not 2"),
    ]

    @Test(arguments: Self.losers)
    func `a match that loses says to what`(other: String, reason: String) throws {
        let first = Self.route(
            "first", Self.onHost("method: GET, \(Self.header), \(Self.query)"))
        let yaml = "\(first)\n---\n\(Self.route("other", other))"
        let found = try words(yaml, "GET h.org/a/b/c?q=1 | X: y")
        #expect(Set(found) == ["first/#1: wins", "other/#1: \(reason)"])
    }

    @Test func `an Exact path goes before every prefix, and says so`() throws {
        let yaml = Self.route(
            "r",
            """
            rules: [{matches: [{path: {value: /a/b}}, {path: {type: Exact, value: /a/b}}, {path: \
            {value: /}}], backendRefs: [{name: b}]}]
            """)
        let found = try candidates(yaml, "GET h/a/b")
        #expect(found.map(\.match) == [1, 0, 2])
        #expect(
            found.map(\.verdict) == [.wins, .outranked(.exactPath), .outranked(.exactPath)])
    }

    @Test func `the same match twice loses to itself by its place`() throws {
        let yaml = Self.route(
            "r",
            """
            rules: [{matches: [{method: GET}, {method: GET}], backendRefs: [{name: b}]}, \
            {matches: [{method: GET}], backendRefs: [{name: b}]}]
            """)
        let found = try candidates(yaml, "GET h/a")
        #expect(found.map(\.verdict) == [.wins, .outranked(.match), .outranked(.rule)])
    }

    @Test func `everything that a match misses is named`() throws {
        let yaml = Self.route(
            "r",
            Self.rule(
                "method: PUT, headers: [{name: A, value: \"1\"}], queryParams: [{name: q, value: "
                    + "\"1\"}]"))
        let found = try words(yaml, "GET h/a")
        #expect(
            found == [
                "r/#1: its method is PUT, not GET; header a is missing, not 1; query parameter q "
                    + "is missing, not 1"
            ])
    }

    @Test func `what fits not by host or path is no candidate`() throws {
        let yaml = [
            Self.route("host", "hostnames: [other.org], \(Self.rule("method: GET"))"),
            Self.route("below", "hostnames: [\"*.h.org\"], \(Self.rule("method: GET"))"),
            Self.route("path", Self.rule("path: {value: /ab}")),
            Self.route("exact", Self.rule("path: {type: Exact, value: /a/}")),
        ].joined(separator: "\n---\n")
        #expect(try words(yaml, "GET h.org/a").isEmpty)
    }

    @Test(arguments: 0..<100)
    func `the candidate that wins is the rule that the table finds`(seed: Int) throws {
        var random = RandomRouting(seed: UInt64(seed))
        let set = try random.documents(routes: 1 + seed % 12)
        let table = RouteTable(compiling: set)
        for _ in 0..<100 {
            let request = random.request()
            let sample = request.sample
            let winners = set.candidates(for: sample).filter { $0.verdict == .wins }
            let decision = table.match(sample)
            let label = decision.map {
                "\(table.rules[$0.rule].route)/\(table.rules[$0.rule].rule)"
            }
            #expect(winners.map { "\($0.route)/\($0.rule)" } == (label.map { [$0] } ?? []))
            #expect(winners.map(\.match) == (decision.map { [$0.match] } ?? []), "\(request)")
        }
    }

    @Test(arguments: GoldenCase.all)
    func `the candidates agree with every golden case`(example: GoldenCase) throws {
        let winner = try candidates(example.documents, example.request).first {
            $0.verdict == .wins
        }
        #expect(winner.map { "\($0.route)/\($0.rule)" } ?? "404" == example.expected)
    }
}

/// Documents that count as ratified.
@Suite struct RatifiedFiles {
    private func set(_ yaml: String) throws(PlanFault) -> DocumentSet {
        var documents: [ProposedDocument] = []
        for value in (try? values(yaml)) ?? [] {
            do throws(DocumentFault) {
                documents.append(try ProposedDocument(validating: value))
            } catch {
                throw PlanFault(.document(error))
            }
        }
        return try DocumentSet(ratifying: documents)
    }

    @Test func `seniority is the order of the documents, and a backend may come last`() throws {
        let set = try set(
            """
            {kind: HTTPRoute, name: z, rules: [{backendRefs: [{name: b}]}]}
            ---
            {kind: HTTPRoute, name: a, rules: [{backendRefs: [{name: b}]}]}
            ---
            \(backend("b"))
            """)
        let found = set.candidates(for: TestRequest("GET h/").sample)
        #expect(found.map(\.route) == ["z", "a"])
        #expect(found.map(\.verdict) == [.wins, .outranked(.seniority)])
    }

    @Test func `a reference to no backend names its document and field`() throws {
        let fault = #expect(throws: PlanFault.self) {
            try set(
                """
                \(backend("b"))
                ---
                {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r}, \
                spec: {rules: [{backendRefs: [{name: c, port: 1}]}]}}
                """)
        }
        #expect(fault?.operation == 1)
        #expect(
            fault?.kind
                == .unknownBackend(
                    route: "r", pointer: "/spec/rules/0/backendRefs/0/name", backend: "c"))
    }

    @Test func `a document that comes twice is refused where it comes again`() throws {
        let fault = #expect(throws: PlanFault.self) {
            try set("\(backend("b"))\n---\n\(backend("b", port: 2))")
        }
        #expect(fault?.operation == 1)
        #expect(fault?.kind == .duplicate(DocumentKey(kind: .backend, name: "b")))
    }
}

extension TestRequest {
    /// The request as the outcome takes it.
    var sample: RequestSample {
        RequestSample(
            method: method, scheme: "http", host: host, port: 80, path: path,
            query: query.isEmpty ? nil : query,
            fields: headers.map { RequestSample.Field(name: $0.name, value: $0.value) })
    }
}
