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
            var follower = try LogFollower(card: card, source: try source(client))
            _ = try await follower.follow(now: Moment.now, each: each)
            try await client.shutdown()
            guard let state = follower.state, let checkpoint = follower.accepted else {
                throw Complaint.refused("the log was not read", at: place)
            }
            let witnesses = WitnessReport(
                policy: card.witnesses, cosignatures: follower.cosignatures, state: state)
            return VerifiedLog(
                state: state, checkpoint: checkpoint, witnesses: witnesses, tree: follower.tree)
        } catch let fault as FollowFault {
            try await client.shutdown()
            throw Complaint(
                status(of: fault), "the log is refused: \(fault)", at: place,
                next: "keep a copy of these files; they are the evidence")
        } catch let complaint as Complaint {
            try await client.shutdown()
            throw complaint
        }
    }

    private static func status(of fault: FollowFault) -> ProgramStatus {
        if case .fetch(.source) = fault { .unreachable } else { .refused }
    }
}
