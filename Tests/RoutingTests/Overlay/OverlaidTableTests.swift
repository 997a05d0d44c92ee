import Routing
import Testing

@Suite struct OverlaidTables {
    private static let ratified = """
        {kind: Backend, name: b, endpoints: [{address: 10.0.0.1, port: 80}, {address: 10.0.0.2, \
        port: 81}]}
        ---
        {kind: HTTPRoute, name: broad, rules: [{backendRefs: [{name: b}]}]}
        ---
        {kind: HTTPRoute, name: narrow, hostnames: [a.example.org], rules: [{matches: [{path: \
        {value: /x}}], backendRefs: [{name: b, port: 81}]}]}
        """

    private func set() throws -> DocumentSet { try DocumentSet(enacting: Self.ratified) }

    private func rule(_ table: RouteTable, _ line: String) throws -> CompiledRule {
        table.rules[try #require(table.decide(TestRequest(line))).rule]
    }

    @Test func `a disabled route keeps its requests, and no broader one takes them`() throws {
        let laid = try set().laying([.disable("narrow", at: 40)])
        let table = RouteTable(compiling: laid)
        let rule = try rule(table, "GET a.example.org/x/y")
        #expect(rule.route == "narrow")
        #expect(rule.barrier == .disabled(entry: 40))
        #expect(rule.restoredBy == nil)
        #expect(
            String(decoding: rule.citation, as: UTF8.self)
                == "route=\"narrow/#1\", proposal=3, entry=12, overlay=40, "
                + "table=\"\(laid.tableDigest.hex.prefix(16))\"")
        #expect(try self.rule(table, "GET a.example.org/y").barrier == nil)
    }

    @Test func `a refusal stands over what is disabled`() throws {
        let laid = try set().laying(
            [.disable("narrow", at: 40)],
            refusing: [.route("narrow", at: 41), .route("broad", at: 42)])
        let table = RouteTable(compiling: laid)
        #expect(try rule(table, "GET a.example.org/x").barrier == .refused(entry: 41))
        #expect(try rule(table, "GET h/").barrier == .refused(entry: 42))
    }

    @Test func `a route that was deleted serves again, with the rank of its seniority`() throws {
        let old =
            """
            {kind: HTTPRoute, name: old, hostnames: [a.example.org], rules: [{matches: [{path: \
            {value: /x}}]}]}
            """
        let senior = RouteTable(
            compiling: try set().laying([try .restore(old, at: 40, sequence: 5)]))
        #expect(senior.rules.map(\.route) == ["broad", "narrow", "old"])
        let rule = try rule(senior, "GET a.example.org/x")
        #expect(rule.route == "old")
        #expect(rule.restoredBy == 40)
        #expect(rule.enactment == Enactment(entry: 7, proposal: 2))
        let junior = RouteTable(compiling: try set().laying([try .restore(old, at: 40)]))
        #expect(junior.label(for: TestRequest("GET a.example.org/x")) == "narrow/#1")
    }

    @Test func `a restored route takes the place of the one in force`() throws {
        let before =
            """
            {kind: HTTPRoute, name: narrow, hostnames: [z.example.org], rules: [{backendRefs: \
            [{name: b, port: 80}]}]}
            """
        let table = RouteTable(compiling: try set().laying([try .restore(before, at: 40)]))
        #expect(table.rules.map(\.route) == ["broad", "narrow"])
        #expect(table.label(for: TestRequest("GET a.example.org/x")) == "broad/#1")
        let rule = try rule(table, "GET z.example.org/")
        #expect(rule.route == "narrow")
        #expect(rule.backendRefs.map(\.endpoints) == [[0]])
    }

    @Test func `other endpoints serve, and references keep to their ports`() throws {
        let moved = """
            [{address: 10.0.1.1, port: 81}, {address: 10.0.1.2, port: 80}, {address: 10.0.1.3, \
            port: 81, weight: 5}]
            """
        let table = RouteTable(
            compiling: try set().laying([try .endpoints(moved, of: "b", at: 40)]))
        #expect(table.backends.map(\.overlay) == [.endpoints(entry: 40)])
        #expect(table.backends[0].endpoints.map(\.port) == [81, 80, 81])
        #expect(try rule(table, "GET a.example.org/x").backendRefs.map(\.endpoints) == [[0, 2]])
        #expect(try rule(table, "GET h/").backendRefs.map(\.endpoints) == [[0, 1, 2]])
        #expect(try rule(table, "GET h/").restoredBy == nil)
    }

    @Test func `a restored backend has its own endpoints, whatever a keeper gave`() throws {
        let table = RouteTable(
            compiling: try set().laying([
                try .endpoints("[{address: 10.0.1.1, port: 81}]", of: "b", at: 40),
                try .restore(backend("b", port: 81), at: 41),
            ]))
        #expect(table.backends.map(\.overlay) == [.restored(entry: 41)])
        #expect(table.backends[0].endpoints.map(\.address) == [.ipv4(0x7F00_0001)])
    }

    @Test func `endpoints in a refused network are marked with the refusal`() throws {
        let table = RouteTable(
            compiling: try set().laying(
                [],
                refusing: [
                    try .network("192.0.2.0/24", at: 40), try .network("10.0.0.2/32", at: 41),
                    try .network("10.0.0.2/31", at: 42),
                ]))
        #expect(table.backends[0].refusedBy.map(\.?.entry) == [nil, 41])
        #expect(table.backends[0].refusal(of: 1)?.entry == 41)
        #expect(table.backends[0].refusal(of: 0) == nil)
        #expect(
            table.refusedNetworks.list.map(\.network.text)
                == ["192.0.2.0/24", "10.0.0.2/32", "10.0.0.2/31"])
        #expect(table.refusedNetworks.element(refusing: .ipv4(0xC000_0201))?.entry == 40)
        #expect(table.refusedNetworks.element(refusing: .ipv4(0x0A00_0001)) == nil)
        #expect(table.backends.map(\.overlay) == [nil])
    }

    @Test(arguments: [
        ("192.0.2.0/24", "::ffff:192.0.2.1"), ("::ffff:192.0.2.0/120", "192.0.2.1"),
        ("::ffff:192.0.2.0/120", "::ffff:192.0.2.1"), ("2001:db8::/32", "2001:db8::1"),
    ])
    func `an address is refused however it is spelled`(network: String, address: String) throws {
        let networks = RefusedNetworks([try .network(network, at: 40)])
        let address = try #require(Backend.Address(text: address))
        #expect(networks.element(refusing: address)?.entry == 40)
        #expect(networks.element(refusing: .ipv4(0x0A00_0001)) == nil)
        #expect(networks.element(refusing: .ipv6(1, 0xFFFF_C000_0201)) == nil)
    }

    @Test func `an overlay that leads nowhere is left out of the table`() throws {
        let lost = "{kind: HTTPRoute, name: lost, rules: [{backendRefs: [{name: gone}]}]}"
        let laid = try set().laying([
            try .restore(lost, at: 40),
            try .endpoints("[{address: 10.0.1.1, port: 9}]", of: "b", at: 41),
        ])
        let table = RouteTable(compiling: laid)
        #expect(table.rules.map(\.route) == ["broad", "narrow"])
        #expect(table.backends[0].endpoints.map(\.port) == [80, 81])
    }

    @Test func `nothing laid over compiles to nothing marked`() throws {
        let table = RouteTable(compiling: try set())
        #expect(table.rules.allSatisfy { $0.barrier == nil && $0.restoredBy == nil })
        #expect(table.backends.allSatisfy { $0.overlay == nil && $0.refusedBy.isEmpty })
        #expect(table.refusedNetworks.list.isEmpty)
    }
}
