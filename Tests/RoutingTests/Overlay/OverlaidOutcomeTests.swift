import Routing
import Testing

@Suite struct OverlaidOutcomes {
    private static let ratified = """
        {kind: Backend, name: b, endpoints: [{address: 10.0.0.1, port: 80}, {address: 10.1.0.1, \
        port: 81}]}
        ---
        {kind: HTTPRoute, name: broad, rules: [{backendRefs: [{name: b}]}]}
        ---
        {kind: HTTPRoute, name: moved, hostnames: [m.example.org], rules: [{filters: [{type: \
        RequestRedirect, requestRedirect: {hostname: x.org}}]}]}
        ---
        {kind: HTTPRoute, name: ported, hostnames: [p.example.org], rules: [{backendRefs: [{name: \
        b, port: 81, weight: 3}, {name: b, port: 80, weight: 0}]}]}
        """

    private func follow(
        _ host: String, _ overlays: [Overlay], refusing refusals: [TableRefusal] = []
    ) throws -> Outcome {
        let set = try DocumentSet(enacting: Self.ratified).laying(overlays, refusing: refusals)
        return Rehearsal(set).follow(TestRequest(host: host, path: "/").sample).outcome
    }

    private func texts(_ outcome: Outcome) -> [String] {
        outcome.effects.map { "\($0.kind.rawValue) \($0.name) \($0.entry)" }
    }

    @Test func `a disabled route answers 503 before its redirect`() throws {
        let outcome = try follow("m.example.org", [.disable("moved", at: 40)])
        #expect(outcome.status == 503)
        #expect(outcome.location == nil)
        #expect(outcome.answerFields.isEmpty)
        #expect(texts(outcome) == ["disabled HTTPRoute/moved 40"])
    }

    @Test func `a refused route answers 451, also when it is disabled or restored`() throws {
        let outcome = try follow(
            "m.example.org",
            [try .restore("{kind: HTTPRoute, name: moved, rules: [{}]}", at: 40)],
            refusing: [.route("moved", at: 41), .route("broad", at: 42)])
        #expect(outcome.status == 451)
        #expect(texts(outcome) == ["refused HTTPRoute/broad 42"])
        let both = try follow(
            "m.example.org", [.disable("moved", at: 40)], refusing: [.route("moved", at: 41)])
        #expect(both.status == 451)
        #expect(texts(both) == ["refused HTTPRoute/moved 41"])
    }

    @Test func `a backend whose endpoints are all refused answers 451`() throws {
        let all = try follow(
            "h", [],
            refusing: [try .network("10.1.0.0/16", at: 41), .network("10.0.0.0/16", at: 40)])
        #expect(all.status == 451)
        #expect(all.shares.map(\.isRefused) == [true])
        #expect(texts(all) == ["refused network/10.0.0.0/16 40", "refused network/10.1.0.0/16 41"])
    }

    @Test func `others of its endpoints serve, unless the reference names a port that they lack`()
        throws
    {
        let refusals = [try TableRefusal.network("10.1.0.0/16", at: 41)]
        let some = try follow("h", [], refusing: refusals)
        #expect(some.status == nil)
        #expect(some.shares.map(\.isRefused) == [false])
        #expect(texts(some) == ["refused network/10.1.0.0/16 41"])
        let ported = try follow("p.example.org", [], refusing: refusals)
        #expect(ported.status == 451)
        #expect(ported.shares.map(\.isRefused) == [true, false])
    }

    @Test func `restored documents and a keeper's endpoints are told`() throws {
        let outcome = try follow(
            "h",
            [
                try .restore(
                    "{kind: HTTPRoute, name: broad, rules: [{backendRefs: [{name: b}]}]}", at: 40),
                try .endpoints(
                    "[{address: 10.2.0.1, port: 81}, {address: 10.2.0.1, port: 80}]", of: "b",
                    at: 41),
            ])
        #expect(outcome.status == nil)
        #expect(
            texts(outcome) == ["restored HTTPRoute/broad 40", "endpoints Backend/b 41"])
    }

    @Test func `candidates are those of the table that is served`() throws {
        let set = try DocumentSet(enacting: Self.ratified).laying([
            .disable("moved", at: 40),
            try .restore(
                "{kind: HTTPRoute, name: ported, hostnames: [m.example.org], rules: [{matches: "
                    + "[{path: {value: /deep}}]}]}", at: 41),
        ])
        let found = set.candidates(for: TestRequest(host: "m.example.org", path: "/deep").sample)
        #expect(found.map(\.route) == ["ported", "moved", "broad"])
        #expect(found.first?.verdict == .wins)
        let former = set.candidates(for: TestRequest(host: "p.example.org", path: "/").sample)
        #expect(former.map(\.route) == ["broad"])
        let disabled = set.candidates(for: TestRequest(host: "m.example.org", path: "/").sample)
        #expect(disabled.first { $0.verdict == .wins }?.route == "moved")
        let key = DocumentKey(kind: .route, name: "ported")
        #expect(set.served(key)?.enactment == Enactment(entry: 7, proposal: 2))
        #expect(set[key]?.enactment == Enactment(entry: 13, proposal: 4))
        #expect(set.servedDocuments.map(\.key) == set.documents.map(\.key))
        #expect(set.servedDocuments.last == set.served(key))
    }
}
