import CanonicalJSON
import Forge
import Governance
import Routing
import Testing

/// Keepers move machines without a vote, within what members allowed, and members undo it.
@Suite struct KeeperTests {
    private static let key = DocumentKey(kind: .backend, name: "catalogue")

    /// A community with a backend that members 2 and 3 keep.
    static func kept(founders: Int = 5) throws -> Forge {
        var forge = try Forge(founders: founders, charter: Charter.demonstration)
        try forge.enact([Samples.keptBackend("catalogue", keepers: [2, 3]), Samples.library[1]])
        return forge
    }

    @Test func `a keeper gives the backend other endpoints at once`() throws {
        var forge = try Self.kept()
        let before = forge.state.documents.tableDigest
        try forge.move("catalogue", to: ["10.0.0.7", "10.0.0.8"], by: 2)
        #expect(forge.state.documents.overlays.map(\.key) == [Self.key])
        #expect(forge.state.documents.tableDigest != before)
        try forge.move("catalogue", to: ["10.0.0.9"], by: 3)
        #expect(forge.state.overlays.endpoints(of: Self.key)?.signers == [3])
        try forge.move("catalogue", to: ["127.0.0.1"], by: 2)
        #expect(forge.state.documents.overlays.isEmpty)
        #expect(forge.state.documents.tableDigest == before)
    }

    @Test func `what members voted for can be gone back to, outside the networks too`() throws {
        var forge = try Forge(founders: 5, charter: Charter.demonstration)
        var document = try #require(
            Samples.keptBackend("catalogue", keepers: [2])["document"]?.object)
        document["networks"] = ["10.0.0.0/8"]
        try forge.enact([["op": "apply", "document": .object(document)], Samples.library[1]])
        try forge.move("catalogue", to: ["10.0.0.7"], by: 2)
        try forge.move("catalogue", to: ["127.0.0.1"], by: 2)
        #expect(forge.state.documents.overlays.isEmpty)
    }

    @Test(arguments: ["203.0.113.7", "::1", "catalogue.internal"])
    func `no address outside the networks is taken`(address: String) throws {
        var forge = try Self.kept()
        let members = forge.endpointsMembers("catalogue", ["10.0.0.7", address])
        let entry = try forge.signed("endpoints", by: 2, members)
        #expect(try Situation(forge, entry).refusal?.code == .outsideNetworks)
    }

    @Test func `electors undo a keeper, who keeps the backend no more`() throws {
        var forge = try Self.kept()
        try forge.move("catalogue", to: ["10.0.0.7"], by: 2)
        try forge.undo("catalogue", of: 2, by: 4)
        // Signing again does not start the count anew.
        try forge.move("catalogue", to: ["10.0.0.8"], by: 2)
        #expect(forge.state.documents.overlays.count == 1)
        try forge.undo("catalogue", of: 2, by: 5)
        #expect(forge.state.documents.overlays.isEmpty)
        let members = forge.endpointsMembers("catalogue", ["10.0.0.7"])
        let entry = try forge.signed("endpoints", by: 2, members)
        #expect(try Situation(forge, entry).refusal?.code == .notAKeeper)
        try forge.move("catalogue", to: ["10.0.0.7"], by: 3)
        #expect(forge.state.documents.overlays.count == 1)
    }

    @Test func `a vote that leaves places and keepers alone leaves the machines alone`() throws {
        var forge = try Self.kept()
        try forge.move("catalogue", to: ["10.0.0.7"], by: 2)
        var document = try #require(
            Samples.keptBackend("catalogue", keepers: [2, 3])["document"]?.object)
        document["protocol"] = "http"
        try forge.enact([["op": "apply", "document": .object(document)]])
        #expect(forge.state.documents.overlays.count == 1)
        try forge.enact([Samples.keptBackend("catalogue", keepers: [2])])
        #expect(forge.state.documents.overlays.isEmpty)
    }

    @Test func `a port that a route names has to stay`() throws {
        var forge = try Self.kept()
        try forge.enact([
            [
                "op": "apply",
                "document": [
                    "kind": "HTTPRoute", "name": "shelf", "hostnames": ["shelf.example"],
                    "rules": [["backendRefs": [["name": "catalogue", "port": 9001]]]],
                ],
            ]
        ])
        let members = forge.endpointsMembers("catalogue", ["10.0.0.7"], port: 9002)
        let entry = try forge.signed("endpoints", by: 2, members)
        #expect(try Situation(forge, entry).refusal?.code == .planRefused)
    }

    @Test func `endpoints have no effect on a backend that stewards restored`() throws {
        var forge = try Self.kept()
        let old = try #require(Samples.keptBackend("catalogue", keepers: [2, 3])["document"])
        try forge.enact([Samples.keptBackend("catalogue", port: 9002, keepers: [2, 3])])
        try forge.move("catalogue", to: ["10.0.0.7"], by: 2)
        let moved = forge.state.documents.tableDigest
        try forge.restore(old, by: 1)
        #expect(forge.state.documents.overlays.count == 2)
        try forge.advance(to: forge.t + 10_000)
        #expect(forge.state.documents.tableDigest == moved)
    }
}
