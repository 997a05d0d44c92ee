import CanonicalJSON
import Testing

@testable import Routing

@Suite struct RouteDocuments {
    private func route(_ yaml: String) throws -> HTTPRoute {
        let value = try #require(try values(yaml).first)
        guard case .route(let route) = try RouteDocument(validating: value) else {
            throw DocumentFault(pointer: "", reason: "a backend", expected: "a route")
        }
        return route
    }

    private func backend(_ yaml: String) throws -> Backend {
        let value = try #require(try values(yaml).first)
        guard case .backend(let backend) = try RouteDocument(validating: value) else {
            throw DocumentFault(pointer: "", reason: "a route", expected: "a backend")
        }
        return backend
    }

    private static let kubernetes = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: library
          labels: {app: library}
          annotations: {note: hello}
        spec:
          parentRefs:
            - name: gateway
          hostnames: [library.example.org]
          rules:
            - name: reading
              matches:
                - path: {type: PathPrefix, value: /catalogue}
                  headers: [{type: Exact, name: X-Edition, value: beta}]
              backendRefs:
                - {group: "", kind: Service, name: catalogue, port: 8080, weight: 9}
        """

    @Test func `both spellings say the same`() throws {
        let native = """
            kind: HTTPRoute
            name: library
            hostnames: [library.example.org]
            rules:
              - name: reading
                matches:
                  - path: {value: /catalogue/}
                    headers: [{name: x-edition, value: beta}]
                backendRefs: [{name: catalogue, port: 8080, weight: 9}]
            """
        #expect(try route(native) == route(Self.kubernetes))
    }

    @Test func `what does nothing here is dropped with a notice`() throws {
        let value = try #require(try values(Self.kubernetes).first)
        let proposed = try ProposedDocument(validating: value)
        #expect(
            proposed.notices.map(\.pointer) == [
                "/metadata/labels", "/metadata/annotations", "/spec/parentRefs",
            ])
        #expect(proposed.notices.allSatisfy { $0.text.contains("nothing here") })
    }

    @Test func `the digest is of the value as given, not of what it means`() throws {
        let slash = try #require(
            try values("{kind: HTTPRoute, name: r, rules: [{matches: [{path: {value: /a/}}]}]}")
                .first)
        let bare = try #require(
            try values("{kind: HTTPRoute, name: r, rules: [{matches: [{path: {value: /a}}]}]}")
                .first)
        let first = try ProposedDocument(validating: slash)
        let second = try ProposedDocument(validating: bare)
        #expect(first.document == second.document)
        #expect(first.digest != second.digest)
        #expect(first.digest == ContentDigest(of: slash.canonicalOctets))
    }

    @Test func `a rule without matches or weights has the defaults`() throws {
        let rule = try route("{kind: HTTPRoute, name: r, rules: [{backendRefs: [{name: b}]}]}")
            .rules[0]
        #expect(rule.matches.map(\.path) == [HTTPRoute.PathMatch(kind: .prefix, value: "")])
        #expect(rule.matches.map(\.method) == [nil])
        #expect(
            rule.backendRefs == [
                HTTPRoute.BackendRef(name: "b", port: nil, weight: 1, filters: [])
            ])
    }

    @Test func `a rule is called by its name, or by its number from 1`() throws {
        let route = try route("{kind: HTTPRoute, name: r, rules: [{}, {name: reading}]}")
        #expect((0..<2).map(route.label(ofRule:)) == ["#1", "reading"])
    }

    @Test(arguments: [
        "/", "/a", "/a/", "/a.b/..c/...", "/%20", "/~a_b-c", "/a;b=c,d", "/a:b@c!$&'()*+", "/[x]|y",
        "/%5C", "/" + String(repeating: "a", count: 1023),
    ])
    func `a path in canonical form stands`(path: String) throws {
        let yaml =
            """
            {kind: HTTPRoute, name: r, rules: [{matches: [{path: {type: Exact, value: \
            \"\(path)\"}}]}]}
            """
        #expect(try route(yaml).rules[0].matches[0].path.value == path)
    }

    @Test func `the limits themselves are allowed`() throws {
        let hosts = (0..<16).map { "h\($0).org" }.joined(separator: ", ")
        let matches = (0..<64).map { "{path: {value: /p\($0)}}" }.joined(separator: ", ")
        let references = (0..<16).map { "{name: b\($0), weight: 1000000}" }.joined(separator: ", ")
        let rules = "{matches: [\(matches)], backendRefs: [\(references)]}, {matches: [\(matches)]}"
        let route = try route(
            "{kind: HTTPRoute, name: r, hostnames: [\(hosts)], rules: [\(rules)]}")
        #expect(route.rules.reduce(0) { $0 + $1.matches.count } == 128)
    }

    @Test(arguments: [
        ("127.0.0.1", Backend.Address.ipv4(0x7F00_0001)),
        ("255.255.255.255", .ipv4(0xFFFF_FFFF)),
        ("::", .ipv6(0, 0)),
        ("::1", .ipv6(0, 1)),
        ("2001:db8::7:0", .ipv6(0x2001_0DB8_0000_0000, 0x0000_0000_0007_0000)),
        ("1:2:3:4:5:6:7:8", .ipv6(0x0001_0002_0003_0004, 0x0005_0006_0007_0008)),
        ("1:2:3:4:5:6:7::", .ipv6(0x0001_0002_0003_0004, 0x0005_0006_0007_0000)),
        ("::ffff:192.0.2.1", .ipv6(0, 0x0000_FFFF_C000_0201)),
        ("Catalogue.Internal", .hostname("catalogue.internal")),
        ("localhost", .hostname("localhost")),
        ("3com.example", .hostname("3com.example")),
    ])
    func `an address is read as its standard has it`(text: String, address: Backend.Address) throws
    {
        let backend = try backend(
            "{kind: Backend, name: b, endpoints: [{address: \"\(text)\", port: 80}]}")
        #expect(backend.endpoints == [Backend.Endpoint(address: address, port: 80, weight: 1)])
    }

    @Test func `a Unix socket is a path without a port`() throws {
        let yaml =
            "{kind: Backend, name: b, endpoints: [{address: \"unix:/run/b.sock\", weight: 0}]}"
        #expect(
            try backend(yaml).endpoints == [
                Backend.Endpoint(address: .unix("/run/b.sock"), port: nil, weight: 0)
            ])
    }
}
