import CanonicalJSON
import Forge
import Governance
import Routing
import TestKit
import Testing
import TransparencyLog

/// What the operator may do: refuse, and hand the log on; and what members do without one.
@Suite struct OperatorTests {
    private static func serving() throws -> Forge {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        try forge.enact(Samples.library)
        return forge
    }

    private static func network(_ text: String) throws -> TableRefusal.Subject {
        .network(try #require(NetworkPrefix(text: text)))
    }

    @Test func `a refusal changes what is served and nothing that was decided`() throws {
        var forge = try Self.serving()
        let before = forge.state.documents
        try forge.append(forge.refusal(of: .route("library")))
        try forge.append(forge.refusal(of: try Self.network("203.0.113.0/24")))
        #expect(forge.state.documents.refusals.count == 2)
        #expect(forge.state.documents.documents == before.documents)
        #expect(forge.state.documents.tableDigest != before.tableDigest)
        try forge.append(forge.permit(of: try Self.network("203.0.113.0/24")))
        try forge.append(forge.permit(of: .route("library")))
        #expect(forge.state.documents.tableDigest == before.tableDigest)
    }

    @Test func `what is not there, or is so already, cannot be refused or permitted`() throws {
        var forge = try Self.serving()
        let network = try Self.network("203.0.113.0/24")
        for entry in [forge.refusal(of: .route("nowhere")), forge.permit(of: network)] {
            #expect(throws: Contradiction.self) { try Situation(forge, entry).judged() }
        }
        try forge.append(forge.refusal(of: network))
        let again = forge.refusal(of: network)
        #expect(throws: Contradiction.self) { try Situation(forge, again).judged() }
    }

    @Test func `a refusal that claims another table is a contradiction`() throws {
        let forge = try Self.serving()
        let entry = Samples.replacing(
            ["table"], in: forge.refusal(of: .route("library")),
            by: .string(forge.state.documents.tableDigest.hex))
        #expect(throws: Contradiction.self) { try Situation(forge, entry).judged() }
    }

    @Test func `a route that is deleted takes its refusal with it`() throws {
        var forge = try Self.serving()
        try forge.append(forge.refusal(of: .route("library")))
        try forge.enact([["op": "delete", "kind": "HTTPRoute", "name": "library"]])
        #expect(forge.state.documents.refusals.isEmpty)
    }

    @Test func `the log gets another key by a constitutional vote and that key's word`() throws {
        var forge = try Self.serving()
        let next = try SignerKey(name: forge.state.origin, seed: [UInt8](repeating: 9, count: 32))
        let old = forge.state.logKey
        let operation = try forge.logKeyChange(to: next)
        let number = try forge.enact([operation])
        #expect(forge.state.proposal(number)?.vote?.changeClass == .constitutional)
        #expect(forge.state.logKey == next.verifier.text)
        #expect(forge.state.formerLogKeys == [old])
        // The former key never comes back.
        let back = try forge.logKeyChange(to: forge.signer)
        let refusal = #expect(throws: Forge.Fault.self) { try forge.propose([back], by: 1) }
        #expect(refusal?.code == .planRefused)
    }

    @Test(arguments: ["sig", "key", "name"])
    func `a log key that did not sign for it, or is none, cannot be proposed`(
        fault: String
    ) throws {
        var forge = try Self.serving()
        let name = fault == "name" ? "other.example/log" : forge.state.origin
        let next = try SignerKey(name: name, seed: [UInt8](repeating: 9, count: 32))
        let other = try SignerKey(name: name, seed: [UInt8](repeating: 8, count: 32))
        var operation = try forge.logKeyChange(to: next)
        if fault == "sig" {
            operation = Samples.replacing(
                ["sig"], in: operation,
                by: try forge.logKeyChange(to: other)["sig"] ?? "")
        }
        if fault == "key" {
            operation = Samples.replacing(["key"], in: operation, by: "no key")
        }
        let refusal = #expect(throws: Forge.Fault.self) { try forge.propose([operation], by: 1) }
        #expect(refusal?.code == .planRefused)
    }
}
