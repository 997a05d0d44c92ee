import CanonicalJSON
import Forge
import Governance
import LogReader

/// A log and the entry that comes next in it.
struct Situation {
    /// The log before the entry.
    let replay: Replay
    /// The entry.
    let entry: JSONValue

    init(_ forge: Forge, _ entry: JSONValue) {
        self.init(forge.replay, entry)
    }

    init(_ replay: Replay, _ entry: JSONValue) {
        self.replay = replay
        self.entry = entry
    }

    /// The entry as a reader sees it.
    var checked: CheckedEntry {
        get throws { try CheckedEntry(octets: entry.canonicalOctets) }
    }

    /// Which rule the entry's statement would break.
    var refusal: Refusal? {
        get throws { replay.refusal(of: try checked) }
    }

    /// The verdict on the entry, and the log after it.
    func judged() throws -> (verdict: Verdict, after: Replay) {
        var after = replay
        let verdict = try after.take(try checked)
        return (verdict, after)
    }
}

/// How every rule of statements is broken, each beside the same statement without the fault.
///
/// The switch over all codes makes a rule without a provocation a fault of compiling.
enum Provocation {
    static func situation(of code: RefusalCode, faulty: Bool) throws -> Situation {
        switch code {
        case .wrongLog: try wrongLog(faulty)
        case .expired: try expired(faulty)
        case .untilTooFar: try untilTooFar(faulty)
        case .duplicate: try duplicate(faulty)
        case .tooManyStatements: try tooManyStatements(faulty)
        case .badSignature: try badSignature(faulty)
        case .unknownMember: try unknownMember(faulty)
        case .notJoined: try notJoined(faulty)
        case .keyNotInForce: try keyNotInForce(faulty)
        case .missingCosignature: try missingCosignature(faulty)
        case .alreadyJoined: try alreadyJoined(faulty)
        case .notConstituted: try notConstituted(faulty)
        case .wrongDigest: try wrongDigest(faulty)
        case .keyInUse: try keyInUse(faulty)
        case .tooManyKeys: try tooManyKeys(faulty)
        case .notBegun: try notBegun(faulty)
        case .planRefused: try planRefused(faulty)
        case .tooManyProposals: try tooManyProposals(faulty)
        case .rejectedRecently: try rejectedRecently(faulty)
        case .unknownProposal: try unknownProposal(faulty)
        case .notInDiscussion: try notInDiscussion(faulty)
        case .wrongPayload: try wrongPayload(faulty)
        case .alreadySponsored: try alreadySponsored(faulty)
        case .unknownOpen: try unknownOpen(faulty)
        case .votingClosed: try votingClosed(faulty)
        case .notAnElector: try notAnElector(faulty)
        case .wrongReplaces: try wrongReplaces(faulty)
        case .tooManyBallots: try tooManyBallots(faulty)
        case .headNotInLog: try headNotInLog(faulty)
        case .noLongerAMember: try noLongerAMember(faulty)
        case .unknownKey: try unknownKey(faulty)
        case .lastKey: try lastKey(faulty)
        case .notRefilable: try notRefilable(faulty)
        case .proposalOver: try proposalOver(faulty)
        case .notTheProposer: try notTheProposer(faulty)
        case .tooManyRemarks: try tooManyRemarks(faulty)
        case .subject: try subject(faulty)
        case .unknownDocument: try unknownDocument(faulty)
        case .notAKeeper: try notAKeeper(faulty)
        case .outsideNetworks: try outsideNetworks(faulty)
        case .unknownOverlay: try unknownOverlay(faulty)
        case .alreadySigned: try alreadySigned(faulty)
        case .notASteward: try notASteward(faulty)
        case .tooManyEmergencies: try tooManyEmergencies(faulty)
        case .overlaid: try overlaid(faulty)
        }
    }
}
