import CanonicalJSON
import Forge
import Governance
import Routing
import SSHSignature

/// A log in which one kind of transition is due, and entries that a council could put first.
enum DueCase: String, CaseIterable {
    case open, extend, close, unanimousClose, enact, expire, admit, lift

    /// Those whose instant is not that of the log's last entry.
    static let awaited: [DueCase] = [.open, .close, .enact, .expire, .admit, .lift]

    var kind: Transition.Kind {
        switch self {
        case .open: .open
        case .extend: .extend
        case .admit: .admit
        case .lift: .lift
        case .close, .unanimousClose: .close
        case .enact: .enact
        case .expire: .expire
        }
    }

    /// The demonstration's rules with one admission a minute.
    private static let slowAdmission = Samples.charter(
        ["admission"],
        [
            "batch": 50, "sponsors": 1, "period": "60s", "least": 1, "small": "1/100",
            "smallBelow": 50, "large": "1/100",
        ])

    private static func withAnEmergency() throws -> Forge {
        var forge = try Forge(founders: 4, charter: Charter.demonstration)
        try forge.enact(Samples.library)
        try forge.disable("library", by: 1)
        forge.t += 10_000
        return forge
    }

    /// A log whose time is the instant at which the transition of proposal 1 is due.
    func prepared() throws -> Forge {
        if self == .admit { return try Self.withSomebodyWaiting() }
        if self == .lift { return try Self.withAnEmergency() }
        var forge = try Forge(
            founders: self == .expire ? 10 : 4, charter: Charter.demonstration)
        switch self {
        case .open:
            try forge.propose(Samples.library, by: 1)
            forge.t += 1000
        case .expire:
            try forge.propose(Samples.library, by: 1)
            forge.t += 600_000
        case .close, .enact:
            let number = try forge.openVote()
            for member in 1...3 { try forge.vote(number, by: member, "yes") }
            forge.t += 4000
            guard self == .enact else { break }
            try forge.advance(to: forge.t)
            forge.t += 2000
        case .extend:
            let number = try forge.openVote()
            for member in 1...2 { try forge.vote(number, by: member, "yes") }
            forge.t += 3000
            try forge.vote(number, by: 3, "yes")
        case .admit, .lift: break
        case .unanimousClose:
            let number = try forge.openVote()
            for member in 1...3 { try forge.vote(number, by: member, "yes") }
            try forge.vote(number, by: 4, "yes")
        }
        return forge
    }

    /// Of two newcomers one was admitted, and the other one's time has come.
    private static func withSomebodyWaiting() throws -> Forge {
        var forge = try Forge(founders: 4, charter: slowAdmission)
        let newcomers = [try Forge.foreignKey(1), try Forge.foreignKey(2)]
        try forge.enact([try forge.admission(of: newcomers)])
        forge.t += 60_000
        return forge
    }

    /// Kinds of ``entry(_:_:)``.
    static let otherEntries = ["tick", "state", "ballot", "genesis", "founders", "close", "lapse"]

    /// An entry that is right but for its place.
    static func entry(_ kind: String, _ forge: inout Forge) throws -> JSONValue {
        let t = JSONValue.integer(forge.t)
        return switch kind {
        case "ballot": try ballot(&forge)
        case "state": forge.state.stateClaim(at: forge.t)
        case "genesis":
            Genesis.entry(
                origin: forge.state.origin, key: forge.state.logKey,
                charter: Charter.demonstration, t: forge.t)
        case "founders":
            Founder.entry(
                [
                    Founder(
                        number: forge.keys.count + 1, key: try Forge.foreignKey().publicKey,
                        handle: forge.state.members[0].handle)
                ], t: forge.t)
        case "close", "lapse": ["v": 1, "kind": .string(kind), "t": t, "proposal": 7]
        default: ["v": 1, "kind": .string(kind), "t": t]
        }
    }

    /// A ballot on proposal 1, or on a vote that was never opened.
    private static func ballot(_ forge: inout Forge) throws -> JSONValue {
        let open = forge.state.proposal(1)?.vote?.leaf ?? ContentDigest(of: [])
        return try forge.ballot(1, by: 1, "no", with: ["open": .string(open.hex)])
    }
}
