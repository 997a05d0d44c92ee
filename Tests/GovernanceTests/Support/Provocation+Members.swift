import CanonicalJSON
import Forge
import Governance
import LogReader
import Routing
import SSHSignature

/// Rules of the common members of statements, of signatures, of `join` and of `key`.
extension Provocation {
    private static func proposing(
        _ forge: inout Forge, with overrides: [String: JSONValue]
    ) throws -> JSONValue {
        var members: [String: JSONValue] = ["operations": .array(Samples.library)]
        for (name, value) in overrides { members[name] = value }
        return try forge.signed("propose", by: 1, members)
    }

    static func wrongLog(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let log: JSONValue = faulty ? "other.example/log" : .string(forge.state.origin)
        return Situation(forge, try proposing(&forge, with: ["log": log]))
    }

    static func expired(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let until = faulty ? forge.t - 1 : forge.t
        return Situation(forge, try proposing(&forge, with: ["until": .integer(until)]))
    }

    static func untilTooFar(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let until = forge.t + 3_600_000 + (faulty ? 1 : 0)
        return Situation(forge, try proposing(&forge, with: ["until": .integer(until)]))
    }

    static func duplicate(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let first = try proposing(&forge, with: [:])
        try forge.append(first)
        return Situation(forge, faulty ? first : try proposing(&forge, with: [:]))
    }

    static func tooManyStatements(_ faulty: Bool) throws -> Situation {
        let charter = Samples.charter(["limits", "statementsPerDay"], faulty ? 10 : 11)
        var forge = try Forge(charter: charter)
        let number = try forge.openVote(by: 2)
        // With the join these are ten; the proposal was another member's.
        for _ in 1...9 { try forge.vote(number, by: 1, "no") }
        return Situation(forge, try forge.ballot(number, by: 1))
    }

    static func badSignature(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let signed = forge.statement("propose", by: 1, ["operations": .array(Samples.library)])
        let other = Samples.replacing(["until"], in: signed, by: .integer(forge.t + 999))
        let signature = try Forge.signature(of: faulty ? other : signed, by: forge.keys[0])
        let entry = try forge.entry(logging: signed, signedBy: forge.keys[0])
        return Situation(
            forge, Samples.replacing(["sig"], in: entry, by: .string(signature)))
    }

    static func unknownMember(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let entry = try proposing(&forge, with: ["by": faulty ? 4 : 1])
        return Situation(forge, entry)
    }

    static func notJoined(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(founders: 4, charter: Charter.demonstration, joined: 3)
        let entry = try forge.signed(
            "propose", by: faulty ? 4 : 3, ["operations": .array(Samples.library)])
        return Situation(forge, entry)
    }

    static func keyNotInForce(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let stmt = forge.statement("propose", by: 1, ["operations": .array(Samples.library)])
        let key = forge.keys[faulty ? 1 : 0]
        return Situation(forge, try forge.entry(logging: stmt, signedBy: key))
    }

    static func missingCosignature(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let key = try Forge.foreignKey()
        let stmt = forge.statement("key", by: 1, ["key": .string(key.publicKey.openSSHText)])
        let entry = try forge.entry(
            logging: stmt, signedBy: forge.keys[0], cosignedBy: faulty ? nil : key)
        return Situation(forge, entry)
    }

    static func alreadyJoined(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration, joined: 2)
        return try joining(&forge, faulty ? 2 : 3, digest: nil)
    }

    static func notConstituted(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration, joined: 0)
        let control = try joining(&forge, 1, digest: nil)
        guard faulty else { return control }
        var founding = Replay()
        for octets in forge.entries.dropLast() {
            try founding.take(try CheckedEntry(octets: octets))
        }
        return Situation(founding, control.entry)
    }

    static func wrongDigest(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration, joined: 2)
        return try joining(&forge, 3, digest: faulty ? ContentDigest(of: [1]) : nil)
    }

    private static func joining(
        _ forge: inout Forge, _ number: Int, digest: ContentDigest?
    ) throws -> Situation {
        let digest = digest ?? forge.state.constitution?.digest
        let entry = try forge.signed(
            "join", by: number, ["digest": .string(digest?.hex ?? "")])
        return Situation(forge, entry)
    }

    static func keyInUse(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        let key = faulty ? forge.keys[1] : try Forge.foreignKey()
        return Situation(forge, try forge.enrolment(of: key, by: 1))
    }

    static func tooManyKeys(_ faulty: Bool) throws -> Situation {
        var forge = try Forge(charter: Charter.demonstration)
        for number in 1..<(Member.keysMax - (faulty ? 0 : 1)) {
            try forge.append(
                try forge.enrolment(of: try Forge.foreignKey(UInt8(number)), by: 1))
        }
        return Situation(forge, try forge.enrolment(of: try Forge.foreignKey(), by: 1))
    }
}
