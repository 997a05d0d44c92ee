package import CanonicalJSON
package import Routing
package import SSHSignature

/// What a member says and signs: `docs/formats.md` §2.
///
/// A class, since it never changes and goes through many hands: it is large to copy.
package final class Statement: Sendable {
    /// The member's number.
    package let by: Int
    /// The origin of the log that it is meant for.
    package let log: String
    /// What makes it different from every other statement.
    package let nonce: String
    /// The time after which it must not be logged, milliseconds since 1970.
    package let until: Int64
    /// What it does.
    package let act: Act
    /// The object that was signed.
    package let value: JSONValue
    /// Its canonical octets, which the signatures are of.
    package let octets: [UInt8]
    /// SHA-256 of them.
    package let hash: ContentDigest

    /// The longest statement, canonical octets: an entry with its signatures still fits a bundle.
    package static let octetsMax = 48 * 1024

    /// Reads a statement.
    ///
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    package convenience init(_ value: JSONValue) throws(FormatFault) {
        try self.init(value, canonical: value.canonicalOctets)
    }

    /// Reads a statement.
    ///
    /// - Parameter octets: The value's canonical octets, which a canonical text has them from.
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    init(_ value: JSONValue, canonical octets: [UInt8]) throws(FormatFault) {
        var reader = try ObjectReader(value, at: "/stmt")
        let name = try reader.string("act")
        by = Int(try reader.integer("by", in: 1...Int64(Int32.max)))
        let header = try StatementHeader(&reader)
        log = header.log
        nonce = header.nonce
        until = header.until
        act = try Act(name, &reader)
        try reader.finish()
        self.value = value
        self.octets = octets
        guard octets.count <= Self.octetsMax else {
            throw FormatFault(
                pointer: "/stmt", reason: "\(octets.count) octets; at most \(Self.octetsMax)")
        }
        hash = ContentDigest(of: octets)
    }
}

/// What a statement does.
package enum Act: Sendable {
    /// Takes part: a founder agrees to the founding, by its digest.
    case join(digest: ContentDigest)
    /// Enrols a further key.
    case key(PublicKey)
    /// Takes one of the member's keys out of force; a stolen one's ballots on open votes with it.
    case retire(PublicKey, stolen: Bool)
    /// Ends the membership.
    case leave
    /// Asks for a change; of a proposal that ended stale, anew.
    case propose(Proposing, refiles: Int?)
    /// Asks for another change in its place.
    case revise(proposal: Int, Proposing)
    /// Says that a proposal deserves a vote.
    case sponsor(proposal: Int, payload: ContentDigest)
    /// Takes a proposal back.
    case withdraw(proposal: Int)
    /// States a concern; the reasons stand outside the log.
    case remark(proposal: Int, Concern, reason: ContentDigest)
    /// Votes.
    case ballot(Ballot)
    /// Gives a backend that the member keeps other endpoints.
    case endpoints(EndpointsChange)
    /// Says that a keeper should not have changed a backend.
    case undo(KeptBackend)
    /// Disables a route or restores a document, as a steward.
    case emergency(Emergency)

    /// The SSHSIG namespace in which a statement of this act is signed.
    package var namespace: String { Self.namespace(of: name) }

    /// The SSHSIG namespace of an act.
    package static func namespace(of act: String) -> String {
        act == "propose" ? "proposal@commonway" : act + "@commonway"
    }

    /// The act as written in the statement.
    package var name: String {
        switch self {
        case .join: "join"
        case .key: "key"
        case .retire: "retire"
        case .leave: "leave"
        case .propose: "propose"
        case .revise: "revise"
        case .sponsor: "sponsor"
        case .withdraw: "withdraw"
        case .remark: "remark"
        case .ballot: "ballot"
        case .endpoints: "endpoints"
        case .undo: "undo"
        case .emergency: "emergency"
        }
    }

    /// The operations that it puts forward.
    package var proposing: Proposing? {
        switch self {
        case .propose(let proposing, _), .revise(_, let proposing): proposing
        case .join, .key, .retire, .leave, .sponsor, .withdraw, .remark, .ballot, .endpoints,
            .undo, .emergency:
            nil
        }
    }

    /// The digests of the texts that go with it, which stand outside the log.
    package var texts: [ContentDigest] {
        if case .remark(_, _, let reason) = self { return [reason] }
        guard let proposing else { return [] }
        let motions = proposing.content.measures.compactMap { measure in
            if case .motion(let text) = measure { text } else { nil }
        }
        return [proposing.reason].compactMap(\.self) + motions
    }
}

/// What a remark is concerned about.
package enum Concern: String, CaseIterable, Sendable {
    /// Somebody could do harm.
    case security
    /// Something personal could become known.
    case privacy
    /// Something could fail.
    case reliability
    /// It costs too much.
    case cost
    /// It burdens some more than others.
    case fairness
    /// Anything else.
    case other
}

/// One elector's vote.
package struct Ballot: Sendable {
    /// The leaf hash of the entry that opened the vote: it fixes all that is voted on.
    package let open: ContentDigest
    /// The side taken.
    package let choice: Choice
    /// The statement hash of the elector's ballot in force; `nil` for the first.
    package let replaces: ContentDigest?
    /// The number of entries of the newest checkpoint that the elector saw.
    package let headSize: Int
    /// Its root.
    package let headRoot: ContentDigest
}

/// The side that a ballot takes.
package enum Choice: String, CaseIterable, Sendable {
    /// In favour.
    case yes
    /// Against.
    case no
    /// Neither; shows turnout only.
    case abstain
}
