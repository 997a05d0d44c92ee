/// Why a member's statement breaks a rule: what a void entry and a problem document name.
package struct Refusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// Which rule, one word.
    package let code: RefusalCode
    /// What broke it, with the limit and the actual value.
    package let detail: String
    /// What the member can do next.
    package let next: String

    init(_ code: RefusalCode, _ detail: String, next: String) {
        self.code = code
        self.detail = detail
        self.next = next
    }

    /// `wrong-replaces: …`.
    package var description: String { "\(code.rawValue): \(detail)" }
}

/// The rules that a statement can break: `docs/formats.md` §4.
package enum RefusalCode: String, CaseIterable, Sendable {
    /// Signed for another log.
    case wrongLog = "wrong-log"
    /// Logged after its `until`.
    case expired
    /// Its `until` lies further ahead than the charter allows.
    case untilTooFar = "until-too-far"
    /// In the log already.
    case duplicate
    /// More statements that day than the charter allows.
    case tooManyStatements = "too-many-statements"
    /// The signature does not hold.
    case badSignature = "bad-signature"
    /// No member has that number.
    case unknownMember = "unknown-member"
    /// The member has not signed `join`.
    case notJoined = "not-joined"
    /// The member left, or was expelled.
    case noLongerAMember = "no-longer-a-member"
    /// The key that signed is not one of the member's.
    case keyNotInForce = "key-not-in-force"
    /// The new key did not sign.
    case missingCosignature = "missing-cosignature"
    /// The member has joined before.
    case alreadyJoined = "already-joined"
    /// The founding is not complete.
    case notConstituted = "not-constituted"
    /// Not the digest of this founding.
    case wrongDigest = "wrong-digest"
    /// Some member has that key, or had it.
    case keyInUse = "key-in-use"
    /// More keys than a member may have.
    case tooManyKeys = "too-many-keys"
    /// Not one of the member's keys in force.
    case unknownKey = "unknown-key"
    /// Without it the member could sign nothing.
    case lastKey = "last-key"
    /// Too few founders joined.
    case notBegun = "not-begun"
    /// The operations cannot be planned on the table of the day.
    case planRefused = "plan-refused"
    /// The proposer has as many in discussion as the charter allows.
    case tooManyProposals = "too-many-proposals"
    /// The same payload was voted down a short while ago.
    case rejectedRecently = "rejected-recently"
    /// What it asks for anew is no stale proposal of the member's with the same payload, or was
    /// asked for anew already.
    case notRefilable = "not-refilable"
    /// No proposal has that number.
    case unknownProposal = "unknown-proposal"
    /// Sponsors and revisions count in discussion only.
    case notInDiscussion = "not-in-discussion"
    /// The proposal is over.
    case proposalOver = "proposal-over"
    /// Only who proposed it can do that.
    case notTheProposer = "not-the-proposer"
    /// More remarks on one proposal than the charter allows.
    case tooManyRemarks = "too-many-remarks"
    /// Not the payload of that proposal.
    case wrongPayload = "wrong-payload"
    /// The member sponsors it already.
    case alreadySponsored = "already-sponsored"
    /// No vote was opened by that entry.
    case unknownOpen = "unknown-open"
    /// The vote is over.
    case votingClosed = "voting-closed"
    /// The member joined too late for this vote.
    case notAnElector = "not-an-elector"
    /// The vote is on expelling that member.
    case subject
    /// `replaces` is not the elector's ballot in force.
    case wrongReplaces = "wrong-replaces"
    /// More ballots on one vote than the charter allows.
    case tooManyBallots = "too-many-ballots"
    /// No such document is in force, or none that may be restored.
    case unknownDocument = "unknown-document"
    /// The backend does not name the member, or members undid what they did.
    case notAKeeper = "not-a-keeper"
    /// An endpoint lies in none of the backend's networks.
    case outsideNetworks = "outside-networks"
    /// No such endpoints are laid over that backend.
    case unknownOverlay = "unknown-overlay"
    /// The member signed the same before, or it is no longer to be signed.
    case alreadySigned = "already-signed"
    /// The member is no steward, or lost the power.
    case notASteward = "not-a-steward"
    /// The steward signed as many as the charter allows.
    case tooManyEmergencies = "too-many-emergencies"
    /// Another emergency is up on the document.
    case overlaid
    /// The checkpoint that the ballot names was never a head of this log.
    case headNotInLog = "head-not-in-log"
}
