import CanonicalJSON
import Routing
import Testing

@Suite struct OverlayDigests {
    private static let routes = """
        \(backend("b"))
        ---
        \(backend("c"))
        ---
        {kind: HTTPRoute, name: library, rules: [{backendRefs: [{name: b}]}]}
        ---
        {kind: HTTPRoute, name: music, hostnames: [m.example.org], rules: [{}]}
        """

    private static let older =
        "{kind: HTTPRoute, name: library, hostnames: [old.example.org], rules: [{}]}"
    private static let gone = "{kind: HTTPRoute, name: gone, rules: [{}]}"
    private static let moved = "[{address: 127.0.0.1, port: 9002}]"

    private func set() throws -> DocumentSet { try DocumentSet(enacting: Self.routes) }

    private func digest(ofDocument yaml: String) throws -> String {
        ContentDigest(of: try values(yaml)[0].canonicalOctets).hex
    }

    /// The digest of the rows, of which canonical JSON is made here.
    private func digest(_ rows: [(name: String, document: String, sequence: Int, laid: String)])
        -> ContentDigest
    {
        let value = JSONValue.array(
            rows.map {
                [
                    .string($0.name), .string($0.document), .integer(Int64($0.sequence)),
                    .string($0.laid),
                ]
            })
        return ContentDigest(of: value.canonicalOctets)
    }

    @Test func `each effect is a word of the row, and what is not in force has rows of its own`()
        throws
    {
        let set = try set()
        let documents = set.documents.map(\.proposed.digest.hex)
        let laid = set.laying(
            [
                .disable("music", at: 23), try .restore(Self.gone, at: 24, sequence: 3),
                try .endpoints(Self.moved, of: "c", at: 22),
                try .restore(Self.older, at: 21),
            ],
            refusing: [
                try .network("192.0.2.0/24", at: 26), .route("music", at: 25),
                try .network("10.0.0.0/8", at: 27),
            ])
        #expect(laid.overlays.map(\.index) == [21, 22, 23, 24])
        #expect(laid.refusals.map(\.index) == [25, 26, 27])
        #expect(
            laid.refusals.map(\.text)
                == ["HTTPRoute/music", "network/192.0.2.0/24", "network/10.0.0.0/8"])
        let expected = try digest([
            ("Backend/b", documents[0], 10, ""),
            ("Backend/c", documents[1], 11, "endpoints:\(digest(ofDocument: Self.moved))"),
            ("HTTPRoute/gone", "", 24, "restored:\(digest(ofDocument: Self.gone))"),
            ("HTTPRoute/library", documents[2], 12, "restored:\(digest(ofDocument: Self.older))"),
            ("HTTPRoute/music", documents[3], 13, "refused,disabled"),
            ("network/10.0.0.0/8", "", 27, "refused"),
            ("network/192.0.2.0/24", "", 26, "refused"),
        ])
        #expect(laid.tableDigest == expected)
    }

    @Test func `endpoints have no effect on a backend that is restored`() throws {
        let set = try set()
        let restored = try Overlay.restore(backend("c", port: 9003), at: 20)
        let endpoints = try Overlay.endpoints(Self.moved, of: "c", at: 21)
        let both = set.laying([restored, endpoints])
        #expect(both.tableDigest == set.laying([restored]).tableDigest)
        #expect(both.tableDigest != set.tableDigest)
        #expect(both != set.laying([restored]))
    }

    @Test func `what is laid over a name that is not there has no effect`() throws {
        let set = try set()
        let laid = set.laying(
            [.disable("none", at: 20), try .endpoints(Self.moved, of: "none", at: 21)],
            refusing: [.route("none", at: 22)])
        #expect(laid.tableDigest == set.tableDigest)
        #expect(laid != set)
    }

    @Test func `nothing laid over is the digest of the documents`() throws {
        let set = try set()
        let laid = set.laying([.disable("music", at: 20)], refusing: [.route("music", at: 21)])
        #expect(laid.tableDigest != set.tableDigest)
        #expect(laid.laying([]) == set)
        #expect(laid.ratified == set)
        #expect(laid.ratified.hashValue == set.hashValue)
    }

    @Test func `an enactment leaves overlays and refusals as they are`() throws {
        let change = try bundle(
            "{kind: HTTPRoute, name: music, hostnames: [n.example.org], rules: [{}]}")
        let by = Enactment(entry: 40, proposal: 9)
        let overlays = [Overlay.disable("music", at: 20)]
        let refusals = [TableRefusal.route("library", at: 21)]
        let laid = try set().laying(overlays, refusing: refusals)
        let after = try laid.applying(change, by: by)
        #expect(after.overlays == overlays)
        #expect(after.refusals == refusals)
        #expect(after == (try set().applying(change, by: by)).laying(overlays, refusing: refusals))
    }

    @Test func `plans know no overlays`() throws {
        let set = try set()
        let laid = set.laying([.disable("music", at: 20), try .restore(Self.older, at: 21)])
        let change = try bundle(Self.older)
        #expect(try Plan(change, on: laid) == Plan(change, on: set))
    }
}
