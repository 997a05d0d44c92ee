import CanonicalJSON
import Forge
import Governance
import Routing
import SSHSignature
import TestKit
import TransparencyLog

/// What stewards, keepers, the operator, and members without an operator do.
extension RandomHistory {
    private static let colours = ["red", "green", "blue"]

    private mutating func colour() -> String {
        Self.colours.randomElement(using: &random) ?? "red"
    }

    /// A backend in force or, rarely, none.
    private mutating func backend() -> String {
        let names = forge.state.documents.documents.map(\.key).filter { $0.kind == .backend }
        return names.randomElement(using: &random)?.name ?? colour()
    }

    private mutating func route() -> String {
        let names = forge.state.documents.documents.map(\.key).filter { $0.kind == .route }
        return names.randomElement(using: &random)?.name ?? colour()
    }

    mutating func overlay() throws {
        switch Int.random(in: 0..<40, using: &random) {
        case 0...7: try emergency(["disable": .string(route())])
        case 8...14: try restore()
        case 15...26: try move()
        case 27...32: try undo()
        case 33...36: try refuse()
        case 37: try carryOn()
        default: try joinEmergency()
        }
    }

    private mutating func emergency(_ members: [String: JSONValue], by steward: Int? = nil) throws {
        try log(try forge.signed("emergency", by: steward ?? member(), members))
    }

    /// Something that was in force, in force now, or never.
    private mutating func restore() throws {
        let enacted = forge.state.proposals.filter { $0.status != .discussion }
        guard let proposal = enacted.randomElement(using: &random) else { return }
        let documents = proposal.proposing.content.value.array?.compactMap { $0["document"] } ?? []
        guard let document = documents.randomElement(using: &random) else { return }
        try emergency(["restore": document])
    }

    /// Another steward signs what is up; with luck as often as needed, and then the vote follows.
    private mutating func joinEmergency() throws {
        guard
            let standing = forge.state.overlays.up.filter(\.isEmergency).randomElement(
                using: &random)
        else { return try emergency(["disable": .string(route())]) }
        var members: [String: JSONValue] = ["disable": .string(standing.overlay.key.name)]
        if case .restore(let document) = standing.overlay.change {
            members = ["restore": document.proposed.value]
        }
        for steward in forge.state.stewards(at: forge.t).prefix(3) {
            try emergency(members, by: steward)
        }
    }

    private mutating func move() throws {
        let addresses = ["127.0.0.1", "10.0.0.7", "10.1.2.3", "10.0.0.9"]
        let some = addresses.filter { _ in Bool.random(using: &random) }
        let outside = Int.random(in: 0..<8, using: &random) == 0 ? ["192.0.2.1"] : []
        let port = Int.random(in: 0..<6, using: &random) == 0 ? 9001 : 9000
        let name = backend()
        let ratified = forge.state.documents[DocumentKey(kind: .backend, name: name)]?
            .proposed.value["endpoints"]
        var members = forge.endpointsMembers(
            name, (some.isEmpty ? ["10.0.0.1"] : some) + outside, port: Int64(port))
        if let ratified, Int.random(in: 0..<6, using: &random) == 0 {
            members["endpoints"] = ratified
        }
        try log(try forge.signed("endpoints", by: member(), members))
    }

    private mutating func undo() throws {
        let standing = forge.state.overlays.up.filter { !$0.isEmergency }
            .randomElement(using: &random)
        let keeper = standing?.signers.first ?? member()
        for _ in 0..<2 {
            try log(
                try forge.signed(
                    "undo", by: member(),
                    [
                        "backend": .string(standing?.overlay.key.name ?? backend()),
                        "keeper": .integer(Int64(keeper)),
                    ]))
        }
    }

    /// Something that can be refused, or permitted.
    private mutating func refuse() throws {
        let isNetwork = Bool.random(using: &random)
        let network = NetworkPrefix(text: "10.0.0.0/\(Int.random(in: 24...26, using: &random))")
        guard let subject = isNetwork ? network.map(TableRefusal.Subject.network) : .route(route())
        else { return }
        if forge.state.refusing(subject, isPermit: false) != nil {
            try forge.append(forge.refusal(of: subject))
        } else if forge.state.refusing(subject, isPermit: true) != nil {
            try forge.append(forge.permit(of: subject))
        }
        try forge.advance(to: forge.t)
    }

    /// Electors agree on a successor of the log.
    private mutating func carryOn() throws {
        let seed = UInt8.random(in: 1...200, using: &random)
        let next = try SignerKey(
            name: "next\(seed).example/log", seed: [UInt8](repeating: seed, count: 32))
        let electors = forge.state.electorate(at: forge.t).filter { $0 <= forge.keys.count }
        let needed = forge.state.charter?.rules(for: .constitutional)
            .yesNeeded(of: electors.count, in: .constitutional)
        let signers = electors.filter { holdsTheirKey($0) }.prefix(needed ?? 0)
        guard signers.count == needed else { return }
        var words: [JSONValue] = []
        for signer in signers { words.append(try forge.succession(to: next, by: signer)) }
        let parts = [words.prefix(1), words.dropFirst()].filter { !$0.isEmpty }
        for part in parts {
            try forge.append(SuccessionStatement.entry(Array(part), t: forge.t))
        }
        try forge.advance(to: forge.t)
    }

    private func holdsTheirKey(_ number: Int) -> Bool {
        let key = forge.keys[number - 1].publicKey
        return forge.state.member(number)?.keys.contains { $0.key == key } ?? false
    }
}
