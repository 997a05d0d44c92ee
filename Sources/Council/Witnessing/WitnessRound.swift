import LogReader
import TransparencyLog

/// The cosignatures on one checkpoint: which witnesses are still asked, and what they gave.
///
/// One checkpoint at a time, since cosignatures on several, each by too few, are worth nothing.
struct WitnessRound: Sendable {
    /// The checkpoint as the log signed it.
    let checkpoint: SignedCheckpoint
    /// The places of those who have not answered yet.
    private(set) var open: Set<Int>
    /// What was collected, by key.
    private(set) var cosignatures: [WitnessKey: Cosignature] = [:]
    /// Whether the checkpoint was published.
    var isReleased = false
    /// How often all of them were asked.
    private(set) var attempt = 0

    private let policy: WitnessPolicy
    private let clients: Int

    init(_ checkpoint: SignedCheckpoint, policy: WitnessPolicy, clients: Int) {
        self.checkpoint = checkpoint
        self.policy = policy
        self.clients = clients
        open = Set(0..<clients)
        // What is published already, and published again at a restart, keeps what it has.
        let present = (try? policy.cosignatures(of: checkpoint)) ?? []
        for cosignature in present { cosignatures[cosignature.key] = cosignature }
        isReleased = isMet
    }

    /// Whether enough cosigned.
    var isMet: Bool { cosignatures.count >= policy.threshold }

    /// Whether everybody answered, and it was not enough.
    var hasFailed: Bool { open.isEmpty && !isMet }

    /// Notes that a witness answered.
    ///
    /// - Returns: Whether there is a cosignature more than before.
    mutating func note(_ found: [Cosignature], from place: Int) -> Bool {
        open.remove(place)
        var hasMore = false
        for cosignature in found {
            hasMore = hasMore || cosignatures[cosignature.key] == nil
            cosignatures[cosignature.key] = cosignature
        }
        return hasMore
    }

    /// Asks all of them again: who cosigned may do so again, with a newer time.
    mutating func again() {
        attempt += 1
        open = Set(0..<clients)
    }

    /// The checkpoint with what was collected, in the order of the card.
    func cosigned(keeping keys: [VerifierKey]) -> SignedCheckpoint {
        checkpoint.cosigned(
            keeping: keys, policy.keys.compactMap { cosignatures[$0]?.signature })
    }
}
