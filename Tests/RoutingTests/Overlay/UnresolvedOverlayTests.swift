import Routing
import Testing

@Suite struct UnresolvedOverlays {
    private static let ratified = """
        {kind: Backend, name: b, endpoints: [{address: 127.0.0.1, port: 9001}, {address: \
        127.0.0.1, port: 9002}]}
        ---
        {kind: HTTPRoute, name: library, rules: [{backendRefs: [{name: b, port: 9002}]}]}
        """
    private static let toC = "{kind: HTTPRoute, name: old, rules: [{backendRefs: [{name: c}]}]}"
    private static let to9003 =
        "{kind: HTTPRoute, name: old, rules: [{backendRefs: [{name: b, port: 9003}]}]}"
    private static let copies = """
        {kind: HTTPRoute, name: old, rules: [{backendRefs: [{name: b}], filters: [{type: \
        RequestMirror, requestMirror: {backendRef: {name: c}}}]}]}
        """

    private func unresolved(_ overlays: [Overlay]) throws -> Int? {
        try DocumentSet(enacting: Self.ratified).unresolved(laying: overlays)?.index
    }

    @Test func `none at all and disabled routes stand`() throws {
        #expect(try unresolved([]) == nil)
        #expect(try unresolved([.disable("library", at: 20), .disable("none", at: 21)]) == nil)
    }

    @Test func `a restored route to a backend that is not there falls`() throws {
        #expect(try unresolved([try .restore(Self.toC, at: 20)]) == 20)
        #expect(try unresolved([try .restore(Self.copies, at: 20)]) == 20)
    }

    @Test func `it stands when the backend is restored before it, and not when after`() throws {
        let document = backend("c")
        let before = [
            try Overlay.restore(Self.toC, at: 21), try Overlay.restore(document, at: 20),
        ]
        #expect(try unresolved(before) == nil)
        let after = [
            try Overlay.restore(Self.toC, at: 20), try Overlay.restore(document, at: 21),
        ]
        #expect(try unresolved(after) == 20)
    }

    @Test func `endpoints without a port that a route names fall`() throws {
        let one = "[{address: 127.0.0.1, port: 9001}]"
        let other = "[{address: 127.0.0.1, port: 9001}, {address: 127.0.0.2, port: 9002}]"
        #expect(try unresolved([try .endpoints(one, of: "b", at: 20)]) == 20)
        #expect(try unresolved([try .endpoints(other, of: "b", at: 20)]) == nil)
    }

    @Test func `a restored backend without a port that a route names falls`() throws {
        #expect(try unresolved([try .restore(backend("b"), at: 20)]) == 20)
        #expect(try unresolved([try .restore(backend("b", port: 9002), at: 20)]) == nil)
    }

    @Test func `endpoints of a restored backend are not looked at`() throws {
        let endpoints = try Overlay.endpoints("[{address: 127.0.0.1, port: 1}]", of: "b", at: 19)
        #expect(try unresolved([endpoints]) == 19)
        let restored = try Overlay.restore(backend("b", port: 9002), at: 20)
        #expect(try unresolved([endpoints, restored]) == nil)
    }

    @Test func `a restored route counts among those that use a backend, and the one below not`()
        throws
    {
        let moved = try Overlay.endpoints("[{address: 127.0.0.1, port: 9003}]", of: "b", at: 21)
        let before = try Overlay.restore(
            "{kind: HTTPRoute, name: library, rules: [{backendRefs: [{name: b}]}]}", at: 20)
        #expect(try unresolved([moved]) == 21)
        #expect(try unresolved([before, moved]) == nil)
        let back = try Overlay.endpoints("[{address: 127.0.0.1, port: 9002}]", of: "b", at: 22)
        #expect(try unresolved([try .restore(Self.to9003, at: 21)]) == 21)
        #expect(try unresolved([before, moved, try .restore(Self.to9003, at: 23)]) == nil)
        let later = try [before, moved, .restore(Self.to9003, at: 23)]
        let fewer = try Overlay.endpoints(
            "[{address: 127.0.0.1, port: 9002}]", of: "b", at: 24)
        #expect(try unresolved(later + [fewer]) == 24)
        #expect(try unresolved([before, back]) == nil)
    }

    @Test func `the first in the order of the indices is named`() throws {
        let overlays = [
            try Overlay.restore(Self.to9003, at: 30), try .restore(Self.toC, at: 25),
            try .restore(backend("b"), at: 28),
        ]
        #expect(try unresolved(overlays) == 25)
        #expect(try unresolved(Array(overlays.dropFirst(2))) == 28)
    }

    @Test func `endpoints of a backend that is not there are passed over`() throws {
        #expect(
            try unresolved([try .endpoints("[{address: 10.0.0.1, port: 1}]", of: "x", at: 20)])
                == nil)
    }
}
