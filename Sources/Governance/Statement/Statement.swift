package import CanonicalJSON
package import Routing
package import SSHSignature

/// What a member says and signs: `docs/formats.md` §2.
package struct Statement: Sendable {
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
    /// SHA-256 of its canonical octets.
    package let hash: ContentDigest

    /// The longest statement, canonical octets: an entry with its signatures still fits a bundle.
    package static let octetsMax = 48 * 1024
}

/// What a statement does.
package enum Act: Sendable {
    /// Takes part: a founder agrees to the founding, by its digest.
    case join(digest: ContentDigest)
    /// Enrols a further key.
    case key(PublicKey)
    /// Asks for a change.
    case propose(Proposing)
    /// Says that a proposal deserves a vote.
    case sponsor(proposal: Int, payload: ContentDigest)
    /// Votes.
    case ballot(Ballot)

    /// The SSHSIG namespace in which a statement of this act is signed.
    package var namespace: String { name == "propose" ? "proposal@commonway" : name + "@commonway" }

    /// The act as written in the statement.
    package var name: String {
        switch self {
        case .join: "join"
        case .key: "key"
        case .propose: "propose"
        case .sponsor: "sponsor"
        case .ballot: "ballot"
        }
    }
}

/// What a `propose` asks for.
package struct Proposing: Sendable {
    /// The operations, with the digest of their payload.
    package let bundle: OperationBundle
    /// The digest of the reasons, which stand outside the log.
    package let reason: ContentDigest?

    /// SHA-256 of the operations' canonical octets.
    package var payload: ContentDigest { bundle.payload }
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
