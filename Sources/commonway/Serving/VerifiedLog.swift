import AsyncHTTPClient
import Governance
import LogHTTP
import LogReader
import TransparencyLog

/// A log that was recomputed from its first entry, without trusting whoever runs it.
struct VerifiedLog {
    /// The state that follows from it.
    let state: State
    /// The checkpoint under which it does.
    let checkpoint: SignedCheckpoint
    /// Who cosigned that.
    let witnesses: WitnessReport
    /// The tree over its entries.
    let tree: MerkleTree

    /// Reads and recomputes a log.
    ///
    /// - Parameters:
    ///   - card: What pins it.
    ///   - source: Where it is.
    ///   - each: Told every entry as it is taken; it counts only once this returned.
    /// - Throws: ``FollowFault``; ``Complaint`` for a card whose key cannot be one.
    init(
        _ card: CommunityCard, _ source: any LogSource,
        each: ((TakenEntry, State) -> Void)? = nil
    ) async throws {
        var follower: LogFollower
        do throws(NoteKeyError) {
            follower = try LogFollower(card: card, source: source)
        } catch {
            throw Complaint.usage("the card's log key is refused: \(error)")
        }
        _ = try await follower.follow(now: Moment.now, each: each)
        guard let state = follower.state, let checkpoint = follower.accepted else {
            throw FollowFault.nothingPublished
        }
        self.state = state
        self.checkpoint = checkpoint
        witnesses = WitnessReport(
            policy: card.witnesses, cosignatures: follower.cosignatures, state: state)
        tree = follower.tree
    }

    /// Reads and recomputes a log.
    ///
    /// - Parameters:
    ///   - card: What pins it.
    ///   - place: What complaints call it.
    ///   - each: Told every entry as it is taken; it counts only once this returned.
    ///   - source: Opens it.
    /// - Throws: ``Complaint`` when it cannot be read or is not what its rules give.
    static func read(
        _ card: CommunityCard, at place: String,
        each: ((TakenEntry, State) -> Void)? = nil,
        from source: (HTTPClient) throws(Complaint) -> any LogSource
    ) async throws -> VerifiedLog {
        let client = HTTPSource.makeClient()
        do {
            let log = try await VerifiedLog(card, try source(client), each: each)
            try await client.shutdown()
            return log
        } catch {
            try await client.shutdown()
            guard let fault = error as? FollowFault else { throw error }
            throw complaint(about: fault, at: place)
        }
    }

    /// What to say of a log that is refused.
    static func complaint(about fault: FollowFault, at place: String) -> Complaint {
        if case .fetch(.source) = fault {
            return Complaint(
                .unreachable, "the log cannot be read: \(fault)", at: place,
                next: "check the address, then repeat the command")
        }
        return .refused(
            "the log is refused: \(fault)", at: place,
            next: "keep a copy of these files; they are the evidence")
    }
}
