import CanonicalJSON
import Routing
import TestKit
import Testing

@Suite struct DocumentSets {
    private static let library = """
        {kind: HTTPRoute, name: library, hostnames: [library.example.org], rules: [{backendRefs: \
        [{name: b}]}]}
        """

    private func fault(_ yaml: String, on set: DocumentSet) -> PlanFault.Kind? {
        do {
            _ = try set.applying(bundle(yaml), by: Enactment(entry: 90, proposal: 9))
            return nil
        } catch let fault as PlanFault {
            return fault.kind
        } catch {
            return .malformed(reason: "\(error)")
        }
    }

    private func key(_ name: String) -> DocumentKey { DocumentKey(kind: .route, name: name) }

    @Test func `the table digest covers name, document, seniority and overlay`() throws {
        let set = try DocumentSet(enacting: "\(Self.library)".replacingB)
        let digests = set.documents.map(\.proposed.digest.hex)
        let text = """
            [["Backend/b","\(digests[0])",10,""],["HTTPRoute/library","\(digests[1])",11,""]]
            """
        #expect(set.tableDigest == ContentDigest(of: Array(text.utf8)))
        #expect(DocumentSet().tableDigest == ContentDigest(of: Array("[]".utf8)))
    }

    @Test func `a change keeps the seniority, a deletion ends it`() throws {
        var set = try DocumentSet(enacting: Self.library.replacingB)
        let changed = Self.library.replacing("library.example.org", with: "l.example.org")
        try set.apply(bundle(changed), by: Enactment(entry: 50, proposal: 5))
        #expect(set[key("library")]?.sequence == 11)
        #expect(set[key("library")]?.enactment == Enactment(entry: 50, proposal: 5))
        let delete = "[{op: delete, kind: HTTPRoute, name: library}]"
        try set.apply(bundle(delete), by: Enactment(entry: 60, proposal: 6))
        #expect(set[key("library")] == nil)
        try set.apply(bundle(Self.library), by: Enactment(entry: 70, proposal: 7))
        #expect(set[key("library")]?.sequence == 70)
    }

    @Test func `the digest does not depend on the way to the documents`() throws {
        let once = try DocumentSet(enacting: Self.library.replacingB)
        var twice = once
        let other = "{kind: HTTPRoute, name: other, rules: [{backendRefs: [{name: b}]}]}"
        try twice.apply(bundle(other), by: Enactment(entry: 50, proposal: 5))
        #expect(twice.tableDigest != once.tableDigest)
        let delete = "[{op: delete, kind: HTTPRoute, name: other}]"
        try twice.apply(bundle(delete), by: Enactment(entry: 60, proposal: 6))
        #expect(twice.tableDigest == once.tableDigest)
        #expect(twice == once)
        #expect(try DocumentSet(restoring: once.documents.reversed()) == once)
    }

    @Test func `what would change nothing is refused`() throws {
        let set = try DocumentSet(enacting: Self.library.replacingB)
        #expect(fault(Self.library, on: set) == .noChange(key("library")))
    }

    @Test func `deleting what is not there is refused`() throws {
        let yaml = "[{op: delete, kind: HTTPRoute, name: none}]"
        #expect(fault(yaml, on: DocumentSet()) == .notInForce(key("none")))
    }

    @Test func `a route to a backend that is not there is refused`() {
        let expected = PlanFault.Kind.unknownBackend(
            route: "library", pointer: "/rules/0/backendRefs/0/name", backend: "b")
        #expect(fault(Self.library, on: DocumentSet()) == expected)
    }

    @Test func `a route and its backend come together in either order`() {
        #expect(fault("\(Self.library)\n---\n\(backend("b"))", on: DocumentSet()) == nil)
        #expect(fault("\(backend("b"))\n---\n\(Self.library)", on: DocumentSet()) == nil)
    }

    @Test func `a backend that a route names stays, unless the route goes too`() throws {
        let set = try DocumentSet(enacting: Self.library.replacingB)
        let delete = "{op: delete, kind: Backend, name: b}"
        let expected = PlanFault.Kind.backendInUse(backend: "b", route: "library")
        #expect(fault("[\(delete)]", on: set) == expected)
        let both = "[\(delete), {op: delete, kind: HTTPRoute, name: library}]"
        #expect(fault(both, on: set) == nil)
    }

    @Test func `a port that no endpoint has is refused, also when the backend changes later`()
        throws
    {
        let route = "{kind: HTTPRoute, name: r, rules: [{backendRefs: [{name: b, port: 9001}]}]}"
        let wrong = route.replacing("9001", with: "9002")
        let set = try DocumentSet(enacting: "\(backend("b"))\n---\n\(route)")
        let expected = { (port: Int) in
            PlanFault.Kind.unknownPort(
                route: "r", pointer: "/rules/0/backendRefs/0/port", backend: "b", port: port)
        }
        #expect(fault(wrong, on: set) == expected(9002))
        #expect(fault(backend("b", port: 9002), on: set) == expected(9001))
        #expect(fault("\(backend("b", port: 9002))\n---\n\(wrong)", on: set) == nil)
    }

    @Test func `a pointer leads into Kubernetes' spelling too`() {
        let route = """
            {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r}, \
            spec: {rules: [{backendRefs: [{name: b, port: 1}]}]}}
            """
        let expected = PlanFault.Kind.unknownBackend(
            route: "r", pointer: "/spec/rules/0/backendRefs/0/name", backend: "b")
        #expect(fault(route, on: DocumentSet()) == expected)
    }

    @Test func `a refused bundle changes nothing`() throws {
        var set = try DocumentSet(enacting: Self.library.replacingB)
        let before = set
        let mixed =
            "[{op: delete, kind: HTTPRoute, name: library}, {op: delete, kind: Backend, name: x}]"
        #expect(throws: PlanFault.self) {
            try set.apply(bundle(mixed), by: Enactment(entry: 50, proposal: 5))
        }
        #expect(set == before)
        #expect(set[key("library")] != nil)
    }

    @Test func `restoring a document twice is refused`() throws {
        let set = try DocumentSet(enacting: backend("b"))
        let fault = #expect(throws: PlanFault.self) {
            try DocumentSet(restoring: set.documents + set.documents)
        }
        #expect(fault?.kind == .duplicate(DocumentKey(kind: .backend, name: "b")))
    }

    @Test(arguments: 0..<40)
    func `any sequence of bundles keeps order, digest and indexes`(seed: Int) throws {
        var random = RandomRouting(seed: UInt64(seed))
        let set = try random.documents(routes: 25)
        #expect(set.documents.map(\.key) == set.documents.map(\.key).sorted())
        #expect(try DocumentSet(restoring: set.documents).tableDigest == set.tableDigest)
    }
}

@Suite struct OperationBundles {
    @Test(arguments: [
        ("{}", "operations is an object, not an array"),
        ("[7]", "an operation is an object, not an integer"),
        ("[{}]", "op is apply or delete"),
        ("[{op: rename}]", "op is apply or delete"),
        ("[{op: apply}]", "an apply has op and document, not op"),
        (
            "[{op: delete, kind: HTTPRoute}]",
            "a delete has op, kind (HTTPRoute or Backend) and name"
        ),
        (
            "[{op: delete, kind: Pod, name: x}]",
            "a delete has op, kind (HTTPRoute or Backend) and name"
        ),
        ("[{op: delete, kind: HTTPRoute, name: X}]", "\"X\" is no name"),
    ])
    func `what is no operation is refused`(yaml: String, reason: String) throws {
        let value = try #require(try values(yaml).first)
        let fault = #expect(throws: PlanFault.self) { try OperationBundle(validating: value) }
        #expect(fault?.kind == .malformed(reason: reason))
    }

    @Test(arguments: [0, 11])
    func `none and more than ten are refused`(count: Int) {
        let deletes = (0..<count).map { index -> JSONValue in
            ["op": "delete", "kind": "HTTPRoute", "name": .string("r\(index)")]
        }
        let fault = #expect(throws: PlanFault.self) {
            try OperationBundle(validating: .array(deletes))
        }
        #expect(fault?.kind == .operationCount(actual: count, limit: 10))
    }

    @Test func `one name twice is refused, a backend and a route of one name are not`() throws {
        let delete = "{op: delete, kind: HTTPRoute, name: x}"
        let fault = #expect(throws: PlanFault.self) { try bundle("[\(delete), \(delete)]") }
        #expect(fault?.kind == .duplicate(DocumentKey(kind: .route, name: "x")))
        #expect(fault?.operation == 1)
        let both = try bundle("[\(delete), {op: delete, kind: Backend, name: x}]")
        #expect(both.operations.count == 2)
    }

    @Test func `a file's documents are applied, and those with op are operations`() throws {
        let documents = try values("{op: delete, kind: Backend, name: x}\n---\n\(backend("b"))")
        let expected: JSONValue = [
            ["op": "delete", "kind": "Backend", "name": "x"],
            ["op": "apply", "document": documents[1]],
        ]
        #expect(OperationBundle.operations(of: documents) == expected)
        #expect(try OperationBundle(applying: documents).operations.count == 2)
    }

    @Test func `the payload digest is of the array as given`() throws {
        let bundle = try bundle("[{op: delete, kind: HTTPRoute, name: x}]")
        let text = #"[{"kind":"HTTPRoute","name":"x","op":"delete"}]"#
        #expect(bundle.payload == ContentDigest(of: Array(text.utf8)))
    }

    @Test func `a fault in a document names the operation and the field`() throws {
        let fault = #expect(throws: PlanFault.self) {
            try bundle("[{op: apply, document: {kind: HTTPRoute, name: x, rules: [{auth: {}}]}}]")
        }
        #expect(
            fault?.description
                == """
                operation 1: /rules/0/auth: auth is not built yet; expected a document \
                without it
                """
        )
    }
}

extension String {
    /// The documents with the backend `b` before them.
    fileprivate var replacingB: String { "\(backend("b"))\n---\n\(self)" }

    fileprivate func replacing(_ old: String, with new: String) -> String {
        split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
}

@Suite struct `Document changes` {
    /// The digest as `docs/formats.md` §1 defines it, from the documents alone.
    private func digest(of set: DocumentSet) -> ContentDigest {
        let rows = set.documents.map { document -> JSONValue in
            [
                .string(document.key.text), .string(document.proposed.digest.hex),
                .integer(Int64(document.sequence)), "",
            ]
        }
        return ContentDigest(of: JSONValue.array(rows).canonicalOctets)
    }

    @Test(arguments: 0..<50)
    func `the digest is known before the documents are changed`(seed: Int) throws {
        var world = ShadowWorld(seed: UInt64(seed))
        var set = DocumentSet()
        try set.apply(bundle(backend("b")), by: Enactment(entry: 0, proposal: 1))
        for number in 1...20 {
            let operations = try OperationBundle(validating: .array(world.operations(on: set)))
            let before = set
            let change = try set.change(
                by: operations, Enactment(entry: number, proposal: number + 1))
            #expect(set == before, "seed \(seed) step \(number)")
            set.apply(change)
            #expect(set.tableDigest == change.tableDigest, "seed \(seed) step \(number)")
            #expect(set.tableDigest == digest(of: set), "seed \(seed) step \(number)")
            #expect(
                try DocumentSet(restoring: set.documents) == set, "seed \(seed) step \(number)")
        }
    }

    /// Parts of the digest before a change are kept: it is the defined one around them too.
    @Test(arguments: [UInt64(1), 2, 3])
    func `the digest of a large table is the defined one after every change`(
        seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        var set = DocumentSet()
        for number in 0..<120 {
            let names = (0..<10).map { _ in Int.random(in: 0..<400, using: &random) }
            // First it grows; then as much is deleted as applied.
            let operations = try Set(names).map { name -> JSONValue in
                let key = DocumentKey(kind: .backend, name: "b\(name)")
                return set[key] != nil && number > 60
                    ? ["op": "delete", "kind": "Backend", "name": .string(key.name)]
                    : [
                        "op": "apply",
                        "document": try backendValue("b\(name)", port: 9000 + number),
                    ]
            }
            let bundle = try OperationBundle(validating: .array(operations))
            try set.apply(bundle, by: Enactment(entry: number, proposal: number + 1))
            #expect(set.tableDigest == digest(of: set), "step \(number)")
        }
        #expect(set.documents.count > 128)
    }

    private func backendValue(_ name: String, port: Int) throws -> JSONValue {
        try #require(try values(backend(name, port: port)).first)
    }

    @Test func `no operation changes no digest`() throws {
        var set = DocumentSet()
        try set.apply(bundle(backend("b")), by: Enactment(entry: 0, proposal: 1))
        let change = try set.change(by: OperationBundle([]), Enactment(entry: 1, proposal: 2))
        #expect(change.tableDigest == set.tableDigest)
    }
}
