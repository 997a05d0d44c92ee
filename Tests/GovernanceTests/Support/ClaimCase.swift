import CanonicalJSON
import Forge
import Governance
import LogReader
import Routing

/// A claim of each kind at the moment when it is right.
enum ClaimCase: String, CaseIterable {
    case constituted, open, extend, close, enact, stale, lapse, expire, admit, lift, tick, state

    func situation() throws -> Situation {
        switch self {
        case .constituted: return try constituted()
        case .open: return try due(.open)
        case .extend: return try due(.extend)
        case .admit: return try due(.admit)
        case .lift: return try due(.lift)
        case .close: return try due(.close)
        case .enact: return try due(.enact)
        case .expire: return try due(.expire)
        case .lapse: return try due(.enact, late: 3_602_001)
        case .stale: return try stale()
        case .tick:
            let forge = try Forge(charter: Charter.demonstration)
            return Situation(forge, ["v": 1, "kind": "tick", "t": .integer(forge.t)])
        case .state:
            let forge = try Forge(charter: Charter.demonstration)
            return Situation(forge, forge.state.stateClaim(at: forge.t))
        }
    }

    private func constituted() throws -> Situation {
        let forge = try Forge(charter: Charter.demonstration, joined: 0)
        var founding = Replay()
        for octets in forge.entries.dropLast() {
            try founding.take(try CheckedEntry(octets: octets))
        }
        return Situation(founding, founding.state.constitutedClaim(at: forge.t))
    }

    private func due(_ due: DueCase, late: Int64 = 0) throws -> Situation {
        var forge = try due.prepared()
        forge.t += late
        return try next(forge)
    }

    /// Two proposals for the same match space, both carried; the first one takes it.
    private func stale() throws -> Situation {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        var numbers: [Int] = []
        for name in ["library", "archive"] {
            let route = Samples.route(name, host: "library.example", to: [(name, 1)])
            numbers.append(try forge.propose([Samples.backend(name), route], by: 1))
        }
        try forge.advance(to: forge.t + 1000)
        for number in numbers {
            for member in 1...3 { try forge.vote(number, by: member, "yes") }
        }
        try forge.advance(to: forge.t + 4000)
        forge.t += 2000
        if let first = forge.state.firstDue(at: forge.t) {
            try forge.append(forge.state.claim(for: first, at: forge.t))
        }
        return try next(forge)
    }

    private func next(_ forge: Forge) throws -> Situation {
        guard let due = forge.state.firstDue(at: forge.t) else {
            throw Forge.Fault.malformed("nothing is due")
        }
        let claim = forge.state.claim(for: due, at: forge.t)
        guard claim["kind"]?.string == rawValue else {
            throw Forge.Fault.malformed("\(due) is due, not \(rawValue)")
        }
        return Situation(forge, claim)
    }

    /// A value of the same type that is another one.
    static func other(than value: JSONValue) -> JSONValue {
        switch value {
        case .integer(let integer): .integer(integer + 1)
        case .string(let string): .string(ContentDigest(of: string.utf8).hex)
        case .bool(let bool): .bool(!bool)
        case .array(let array): .array(array + [1])
        case .object: .object(JSONObject())
        }
    }
}
