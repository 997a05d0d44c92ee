import CanonicalJSON
import Governance
import LogReader
import Routing
import SSHSignature

/// What members signed, with what became of it, gathered while a log is recomputed.
struct ExportCollection {
    /// The one proposal that is wanted; `nil` for all.
    let proposal: Int?
    /// The statements wanted, in log order.
    private(set) var statements: [Exported] = []
    /// The votes wanted, in the order in which they opened.
    private(set) var votes: [ExportedVote] = []
    /// Every key that ever counted, with its times, in the order in which they came.
    private(set) var keys: [KeyPeriod] = []

    private var entries = AuditedEntries()
    /// The place in ``votes`` by the leaf hash that ballots name.
    private var places: [String: Int] = [:]
    /// The places in ``keys`` of those that count now, by member.
    private var current: [Int: [PublicKey: Int]] = [:]
    /// The members' keys as they were seen last, by number from 1.
    private var seen: [[Member.EnrolledKey]] = []

    /// A statement as it is written.
    struct Exported {
        /// The index of its entry.
        let index: Int
        /// The time of its entry, milliseconds since 1970.
        let t: Int64
        /// Who made it.
        let by: Int
        /// Its act.
        let act: String
        /// The proposal that it is about.
        let proposal: Int?
        /// The leaf hash that a ballot names.
        let open: String?
        /// The octets that were signed.
        let message: [UInt8]
        /// The signatures, base64, with the endings of their files.
        let signatures: [(ending: String, base64: String)]
        /// The statement's hash.
        let hash: ContentDigest
        /// What the rules said of it.
        let verdict: Verdict

        init(_ entry: AuditedEntry, _ hash: ContentDigest) {
            index = entry.index
            t = entry.t
            by = entry.by ?? 0
            act = entry.act ?? ""
            proposal = entry.proposal
            open = entry.statement?["open"]?.string
            message = (entry.statement ?? .bool(false)).canonicalOctets
            signatures = ["sig", "cosig"].compactMap { name in
                entry.value[name]?.string.map { (name, $0) }
            }
            verdict = entry.verdict
            self.hash = hash
        }
    }

    /// When a member's key counted, milliseconds since 1970.
    struct KeyPeriod {
        let member: Int
        let key: PublicKey
        let from: Int64
        var until: Int64?
    }

    /// What a statement counts for.
    enum Standing: Equatable {
        /// A ballot that is counted.
        case inForce
        /// A ballot that a later one replaced, or that the rules took out.
        case replaced
        /// A statement that is no ballot and had its effect.
        case applied
        /// A statement that broke a rule.
        case void(RefusalCode)

        /// One word, for index.tsv.
        var word: String {
            switch self {
            case .inForce: "in-force"
            case .replaced: "replaced"
            case .applied: "applied"
            case .void(let code): "void:\(code.rawValue)"
            }
        }
    }

    init(proposal: Int?) { self.proposal = proposal }

    /// Takes the next entry, with the state that follows from it.
    mutating func take(_ taken: TakenEntry, _ state: State) {
        let entry = entries.take(taken, state)
        if let hash = taken.checked.statementHash {
            if proposal == nil || entry.proposal == proposal {
                statements.append(Exported(entry, hash))
            }
            if entry.act == "ballot", entry.verdict == .applied { count(entry, hash) }
        }
        if entry.kind == ClaimKind.open.rawValue { open(entry) }
        if entry.kind == ClaimKind.close.rawValue { close(entry) }
        if Self.changesMembers(entry) { compare(state, after: entry) }
    }

    /// What became of a statement.
    func standing(of statement: Exported) -> Standing {
        if case .void(let refusal) = statement.verdict { return .void(refusal.code) }
        guard statement.act == "ballot" else { return .applied }
        let vote = statement.open.flatMap { places[$0] }.map { votes[$0] }
        return vote?.ballots[statement.by]?.hash == statement.hash ? .inForce : .replaced
    }

    /// Checks that the ballots in force give the counts that the log closed its votes with.
    ///
    /// - Throws: ``Complaint``; either this program or the rules would be wrong.
    func checkTallies(against state: State) throws(Complaint) {
        for vote in votes {
            let counted = vote.count
            let claimed = vote.closed ?? state.proposal(vote.proposal)?.vote?.tally.asCount
            guard counted == claimed else {
                throw .refused(
                    "the ballots on proposal \(vote.proposal) give \(counted), the log's state "
                        + "\(claimed ?? counted)", at: "entry \(vote.index)",
                    next: "report this, with the log")
            }
        }
    }

    private mutating func open(_ entry: AuditedEntry) {
        guard let number = entry.proposal, proposal == nil || number == proposal else { return }
        places[entry.leaf.hex] = votes.count
        votes.append(ExportedVote(number, entry))
    }

    private mutating func close(_ entry: AuditedEntry) {
        // The last vote of the proposal: it has one at a time.
        guard let place = votes.lastIndex(where: { $0.proposal == entry.proposal }) else { return }
        votes[place].close(entry)
    }

    private mutating func count(_ entry: AuditedEntry, _ hash: ContentDigest) {
        guard let open = entry.statement?["open"]?.string, let place = places[open],
            let by = entry.by, let word = entry.statement?["choice"]?.string,
            let choice = Choice(rawValue: word)
        else { return }
        votes[place].ballots[by] = (hash, choice)
    }

    /// Whether keys, or ballots of votes still open, can be others after an entry.
    private static func changesMembers(_ entry: AuditedEntry) -> Bool {
        switch entry.act ?? entry.kind {
        case "ballot", "propose", "sponsor", "tick", "state", "open", "close": false
        default: true
        }
    }

    /// Notes which keys came and went, and which ballots the rules took out of open votes.
    ///
    /// A member's statement can change that member's keys alone; what the council claims,
    /// anybody's. Arrays that nobody changed are told by their storage, so that looking at all of
    /// them is cheap.
    private mutating func compare(_ state: State, after entry: AuditedEntry) {
        seen += Array(repeating: [], count: max(0, state.members.count - seen.count))
        if let by = entry.by {
            if let member = state.member(by) { compare(member, at: entry.t) }
        } else {
            for member in state.members where member.keys != seen[member.number - 1] {
                compare(member, at: entry.t)
            }
        }
        for number in state.active {
            guard case .voting(let vote)? = state.proposal(number)?.phase,
                let place = places[vote.leaf.hex]
            else { continue }
            votes[place].ballots = votes[place].ballots.filter {
                vote.ballotInForce(of: $0.key) == $0.value.hash
            }
        }
    }

    private mutating func compare(_ member: Member, at t: Int64) {
        seen[member.number - 1] = member.keys
        let now = Set(member.keys.map(\.key))
        let before = current[member.number, default: [:]]
        for (key, place) in before where !now.contains(key) {
            keys[place].until = t
            current[member.number]?[key] = nil
        }
        for enrolled in member.keys where before[enrolled.key] == nil {
            current[member.number, default: [:]][enrolled.key] = keys.count
            keys.append(KeyPeriod(member: member.number, key: enrolled.key, from: enrolled.from))
        }
    }
}
