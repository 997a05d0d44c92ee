import CanonicalJSON
import Forge
import Governance
import Routing
import SSHSignature
import Testing
import TransparencyLog

/// What an operator may try with what stands on the documents without a vote, and with the log's
/// own key.
extension Deed {
    func keepEmergency(_ forge: inout Forge) throws -> String {
        // On a route of its own, so that what is served does not change meanwhile.
        try forge.enact([Samples.route("shelf", host: "shelf.example", to: "catalogue")])
        try forge.disable("shelf", by: 1)
        let overlay = try #require(forge.state.overlays.up.first)
        forge.t = try #require(overlay.until)
        return lie(tick(forge.t), "overdue: lift \(overlay.overlay.index) (found tick)", &forge)
    }

    func disableWithAnotherKey(_ forge: inout Forge) throws -> String {
        let key = try PrivateKey(seed: [UInt8](repeating: 200, count: PrivateKey.seedOctets))
        let stmt = forge.statement("emergency", by: 1, ["disable": "library"])
        let verdict = try forge.append(try forge.entry(logging: stmt, signedBy: key))
        #expect(Self.code(verdict) == .keyNotInForce)
        let lift: JSONValue = [
            "v": 1, "kind": "lift", "t": .integer(forge.t),
            "overlay": .integer(Int64(forge.entries.count - 1)),
            "table": .string(forge.state.documents.tableDigest.hex),
        ]
        return lie(lift.canonicalOctets, "early: lift is not due", &forge)
    }

    func refuseWithAnotherTable(_ forge: inout Forge) throws -> String {
        var voted = forge
        try voted.enact(Followed.coveting)
        let table = voted.state.documents.tableDigest
        let entry = OperatorRefusal.refuse(
            .route("library"), reason: "none", table: table, t: forge.t)
        return lie(entry.canonicalOctets, "claims table \(table.hex)", &forge)
    }

    func changeKeyWithoutVote(_ forge: inout Forge) throws -> String {
        let next = try SignerKey(name: forge.state.origin, seed: [UInt8](repeating: 9, count: 32))
        var voted = forge
        try voted.enact([try forge.logKeyChange(to: next)])
        let octets = try #require(voted.entries.last)
        var claim = try #require(try JSONValue(parsing: octets, form: .canonical).object)
        let proposal = try forge.propose([try forge.logKeyChange(to: next)], by: 1)
        claim["t"] = .integer(forge.t)
        return lie(
            JSONValue.object(claim).canonicalOctets, "early: enact \(proposal) is not due", &forge)
    }

    func goOnWithOneMember(_ forge: inout Forge) throws -> String {
        let next = try SignerKey(name: "next.example/log", seed: [UInt8](repeating: 9, count: 32))
        let word = try forge.succession(to: next, by: 1)
        try forge.append(SuccessionStatement.entry([word], t: forge.t))
        return lie(tick(forge.t), "tick has no place here", &forge)
    }
}
