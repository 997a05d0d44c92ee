package import CanonicalJSON
package import Routing
import SSHSignature

/// One proposal and how far it has come.
package struct Proposal: Sendable {
    /// 1, 2, … in the order of the log.
    package let number: Int
    /// The member who asks.
    package let by: Int
    /// The index of the entry of the `propose`.
    package let index: Int
    /// When that was logged.
    package let proposed: Int64
    /// The stale proposal that it asks for anew.
    package let refiles: Int?
    /// Whether a later proposal asks for it anew.
    package internal(set) var isRefiled = false
    /// Which text of it this is, from 1.
    package internal(set) var revision = 1
    /// The hash of the `propose`, or of the last `revise`.
    package internal(set) var statement: ContentDigest
    /// What it asks for.
    package internal(set) var proposing: Proposing
    /// When the discussion of these operations began.
    package internal(set) var start: Int64
    /// The members who sponsored it, its proposer first.
    package internal(set) var sponsors: [Int]
    /// When the last of them signed, or the proposer revised it.
    package internal(set) var lastSponsorAt: Int64
    /// How many remarks each member made.
    package internal(set) var remarks: [Int: Int] = [:]
    /// The proposal to void it whose vote was opened; there is one ever.
    package internal(set) var voidVote: Int?
    /// How far it has come.
    package internal(set) var phase: Phase
    /// SHA-256 of its summary, once it is over.
    var seal: ContentDigest?
    /// What its documents would change on the table of the day; meaningful in discussion, together
    /// with ``State/objection(to:)``.
    var standing: Standing

    /// How far a proposal has come.
    package enum Phase: Sendable {
        /// Waiting for sponsors, time and room.
        case discussion
        /// The vote is open.
        case voting(Vote)
        /// It carried and waits for its delay.
        case queued(Vote, Closing)
        /// It is over.
        case ended(Vote?, Closing?, Ending)
    }

    /// What a proposal would change on the table of the day.
    package enum Standing: Sendable {
        /// It can be planned.
        case clean(Planned)
        /// It cannot, and why.
        case refused(String)
    }
}

/// What a proposal would change, as far as the rules look at it.
package struct Planned: Sendable, Equatable {
    /// The class that follows.
    package let changeClass: ChangeClass
    /// Why, in words.
    package let reasons: [String]
    /// SHA-256 of the plan.
    package let plan: ContentDigest
    /// SHA-256 of the plan without its class.
    package let effect: ContentDigest
    /// The plan as served.
    package let value: JSONValue
}

/// How and when a vote ended.
package struct Closing: Sendable, Equatable {
    /// The index of the `close` entry.
    package let index: Int
    /// Its `t`.
    package let t: Int64
    /// What came out.
    package let outcome: Outcome
    /// When the enactment is due, if it passed; later when a vote to void it failed.
    package internal(set) var enactDue: Int64
    /// What outages of the council added to the time in which it may be enacted, milliseconds.
    var grace: Int64 = 0
}

/// How and when a proposal ended.
package struct Ending: Sendable, Equatable {
    /// In what way.
    package let status: ProposalStatus
    /// The index of the entry that ended it.
    package let index: Int
    /// Its `t`.
    package let t: Int64
}

/// The status of a proposal, one word.
package enum ProposalStatus: String, CaseIterable, Sendable {
    /// Waiting for sponsors, time and room.
    case discussion
    /// The vote is open.
    case voting
    /// Carried, waiting for its delay.
    case queued
    /// In force.
    case enacted
    /// The margin was not reached.
    case failed
    /// The quorum was not reached.
    case noQuorum = "no-quorum"
    /// Its effect was no longer the one voted on.
    case stale
    /// It was not enacted in time.
    case lapsed
    /// The discussion ended for want of sponsors.
    case expired
    /// Its proposer took it back, or the member whose keys it would replace spoke.
    case withdrawn
    /// Carried, and stopped by a vote before it was enacted.
    case void
    /// Enacted, and by now nothing of it is in force.
    case superseded
    /// Enacted, and put back by a vote.
    case reverted
}

extension Proposal {
    /// The status, from the phase.
    package var status: ProposalStatus {
        switch phase {
        case .discussion: .discussion
        case .voting: .voting
        case .queued: .queued
        case .ended(_, _, let ending): ending.status
        }
    }

    /// The vote, once it opened.
    package var vote: Vote? {
        switch phase {
        case .discussion: nil
        case .voting(let vote), .queued(let vote, _): vote
        case .ended(let vote, _, _): vote
        }
    }

    /// The close, once there was one.
    package var closing: Closing? {
        switch phase {
        case .discussion, .voting: nil
        case .queued(_, let closing): closing
        case .ended(_, let closing, _): closing
        }
    }
}
