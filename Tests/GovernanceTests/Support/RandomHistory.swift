import CanonicalJSON
import Forge
import Governance
import Routing
import SSHSignature
import TestKit
import TransparencyLog

/// A log that a seed determines: members who do what they should, and some who do not.
///
/// Every entry goes through the forge, so a history has no contradiction; void statements are in
/// it, as a council that is asked to log them may do.
struct RandomHistory {
    var forge: Forge
    private(set) var voids = 0
    var random: SeededGenerator
    private let isLarge: Bool
    private var logged: [JSONValue] = []

    /// Rules under which limits and ends of every kind come up within some minutes.
    static let charter = Samples.replacing(
        ["emergency"], in: slowlyGrowing,
        by: [
            "term": "40s", "alone": "5s", "confirmed": "8s", "suspended": "20s", "least": 2,
            "share": "1/10", "most": 5, "signatures": 2, "period": "20s", "restorable": "40s",
        ])
    private static let slowlyGrowing = Samples.replacing(
        ["admission"], in: limited,
        by: [
            "batch": 3, "sponsors": 2, "period": "40s", "least": 1, "small": "1/4",
            "smallBelow": 6, "large": "1/5",
        ])
    private static let limited = Samples.charter(
        ["limits"],
        [
            "votingPerMember": 2, "discussionPerMember": 2, "openVotes": 3,
            "statementsPerDay": 60, "ballotsPerElector": 3, "remarksPerMember": 1,
            "rejectedReturns": "5s", "discussionExpires": "20s", "statementValidity": "1h",
        ])

    /// - Parameter size: How many founders; from ten on quorums leave room for ties.
    init(seed: UInt64, founders size: ClosedRange<Int> = 3...7) throws {
        random = SeededGenerator(seed: seed)
        let founders = Int.random(in: size, using: &random)
        isLarge = size.lowerBound >= 10
        let applyBy = Samples.replacing(
            ["classes", "sensitive", "applyBy"], in: Self.charter, by: "5s")
        forge = try Forge(
            founders: founders, charter: applyBy,
            joined: isLarge ? founders : Int.random(in: 2...founders, using: &random))
    }

    /// One step: time goes on, what is due happens, somebody does something.
    mutating func step() throws {
        // Now and then the council was away, and deadlines passed without an entry.
        if Int.random(in: 0..<25, using: &random) == 0 { forge.t += 9000 }
        // … or so long that it was an outage: three heartbeats are 30 s.
        if Int.random(in: 0..<90, using: &random) == 0 { forge.t += 31_000 }
        try forge.advance(to: later())
        if isLarge, Int.random(in: 0..<3, using: &random) == 0 { return try divide() }
        let hasQueued = forge.state.active.contains { forge.state.proposal($0)?.status == .queued }
        if hasQueued, Int.random(in: 0..<5, using: &random) == 0 { return try stopOrPutBack() }
        if Int.random(in: 0..<8, using: &random) == 0 { return try overlay() }
        switch Int.random(in: 0..<37, using: &random) {
        case 34...36: try campaign()
        case 28...33: try carryThrough()
        case 20...21: try proposeMeasure()
        case 22: try revise()
        case 23: try withdraw()
        case 24: try remark()
        case 25: try retire()
        case 26: try stopOrPutBack()
        case 27: try leave()
        case 0: try join()
        case 1: try enrol()
        case 2...4: try propose()
        case 5...7: try sponsor()
        case 8...13: try vote()
        case 14...15: try campaign()
        case 18: try tick()
        case 16: try forge.append(forge.state.stateClaim(at: forge.t))
        case 17: try repeatStatement()
        default: try hostile()
        }
    }

    /// Mostly moments, sometimes the next instant or just before it.
    private mutating func later() -> Int64 {
        let quiet = forge.state.quietUntil
        return switch Int.random(in: 0..<50, using: &random) {
        case 0: max(forge.t, min(quiet, forge.t + 600_000))
        case 1: max(forge.t, min(quiet, forge.t + 600_000)) - 1
        default: forge.t + Int64.random(in: 0...200, using: &random)
        }
    }

    mutating func member() -> Int {
        Int.random(in: 1...forge.keys.count, using: &random)
    }

    mutating func proposal() -> Int {
        let open = forge.state.active.filter { forge.state.proposal($0)?.status == .voting }
        return open.randomElement(using: &random)
            ?? Int.random(in: 0...(forge.state.proposals.count + 1), using: &random)
    }

    mutating func log(_ entry: JSONValue) throws {
        if try forge.append(entry) != .applied { voids += 1 }
        logged.append(entry)
        // What follows at once, such as an unanimous close, is the council's next entry.
        try forge.advance(to: forge.t)
        try learnKeys()
    }

    private mutating func join() throws {
        let digest = forge.state.constitution?.digest.hex ?? ""
        try log(try forge.signed("join", by: member(), ["digest": .string(digest)]))
    }

    private mutating func enrol() throws {
        let key = try Forge.foreignKey(UInt8.random(in: 0...20, using: &random))
        try log(try forge.enrolment(of: key, by: member()))
    }

    private mutating func tick() throws {
        try forge.append(["v": 1, "kind": "tick", "t": .integer(forge.t)])
    }

    private mutating func propose() throws {
        let names = ["red", "green", "blue"]
        let name = names.randomElement(using: &random) ?? "red"
        let weight = Int64.random(in: 1...3, using: &random)
        let operations: [JSONValue] =
            switch Int.random(in: 0..<5, using: &random) {
            case 0: [["op": "delete", "kind": "HTTPRoute", "name": "red"]]
            case 1: [Samples.keptBackend(name, port: 9000 + weight, keepers: [1, 2, 3])]
            default:
                [
                    Samples.keptBackend(name + "-\(weight)", keepers: [2, 3]),
                    Samples.route(
                        name, host: "\(name).example", to: [(name + "-\(weight)", weight)]),
                ]
            }
        try log(try forge.signed("propose", by: member(), ["operations": .array(operations)]))
    }

    private mutating func sponsor() throws {
        let number = Int.random(in: 1...(forge.state.proposals.count + 1), using: &random)
        let payload =
            forge.state.proposal(number)?.proposing.payload ?? ContentDigest(of: [])
        try log(
            try forge.signed(
                "sponsor", by: member(),
                ["proposal": .integer(Int64(number)), "payload": .string(payload.hex)]))
    }

    private mutating func vote(with overrides: [String: JSONValue] = [:]) throws {
        let number = proposal()
        let choice = ["yes", "yes", "yes", "no", "abstain"].randomElement(using: &random) ?? "yes"
        var members = overrides
        if forge.state.proposal(number)?.vote == nil {
            members["open"] = .string(ContentDigest(of: []).hex)
        }
        try log(try forge.ballot(number, by: member(), choice, with: members))
    }

    /// Most members vote on the same proposal, of one mind or divided.
    private mutating func campaign() throws {
        let number = proposal()
        let isDivided = Bool.random(using: &random)
        for member in 1...forge.keys.count {
            guard forge.state.proposal(number)?.status == .voting else { return }
            if !isDivided, Int.random(in: 0..<5, using: &random) == 0 { continue }
            let isAgainst = isDivided && member > forge.keys.count / 2 + 1
            try log(try forge.ballot(number, by: member, isAgainst ? "no" : "yes"))
        }
    }

    private mutating func repeatStatement() throws {
        guard let entry = logged.randomElement(using: &random) else { return }
        try log(Samples.replacing(["t"], in: entry, by: .integer(forge.t)))
    }

    /// A ballot that breaks a rule, a foreign signature, or a statement altered after signing.
    private mutating func hostile() throws {
        let any: JSONValue = .string(ContentDigest(of: random.octets(4)).hex)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: try vote(with: ["replaces": any])
        case 1: try vote(with: ["open": any])
        case 2: try vote(with: ["head": ["size": .integer(Int64(forge.tree.size)), "root": any]])
        case 3: try vote(with: ["until": .integer(forge.t - 1)])
        case 4: try vote(with: ["log": "other.example/log"])
        default:
            var members = forge.ballotMembers(proposal(), by: member(), "yes")
            members["open"] = any
            let stmt = forge.statement("ballot", by: member(), members)
            try log(try forge.entry(logging: stmt, signedBy: forge.keys[member() - 1]))
        }
    }
}
