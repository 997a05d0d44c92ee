import Council
import Governance
import LogReader
import TransparencyLog

/// How far the log and its witnesses are, at one moment.
struct WitnessFacts: Sendable {
    /// What the community card asks for.
    let policy: WitnessPolicy
    /// Entries of the log.
    let entries: Int
    /// The checkpoint that is published.
    let published: SignedCheckpoint?
    /// The newest that was signed, with what was collected for it; `nil` when it is published.
    let waiting: SignedCheckpoint?
    /// How each witness answers that is asked.
    let standings: [WitnessStanding]

    /// Asks those who know.
    ///
    /// - Parameter collector: Who asks the witnesses; `nil` when nobody does.
    init(of council: Council, _ collector: WitnessCollector?) async {
        let (card, entries, published, signed) = await council.read {
            ($0.card, $0.state.entries, $0.checkpoint, $0.signed)
        }
        policy = card.witnesses
        self.entries = entries
        self.published = published
        standings = await collector?.standings ?? []
        let progress = await collector?.progress?.checkpoint
        // What is signed and not yet published shows whether the log goes on without its witnesses.
        guard let signed, signed.checkpoint != published?.checkpoint else {
            waiting = nil
            return
        }
        waiting = progress?.checkpoint == signed.checkpoint ? progress : signed
    }

    /// Whether as many witnesses cosigned what is published as the card asks for.
    var isEnough: Bool { published.map { policy.isMet(by: cosignatures(of: $0)) } ?? false }

    /// Who cosigned a checkpoint.
    func cosignatures(of checkpoint: SignedCheckpoint) -> [Cosignature] {
        (try? policy.cosignatures(of: checkpoint)) ?? []
    }

    /// The last that a witness cosigned, by its answers and by what the checkpoints carry: a
    /// council that was started again has heard nothing from it yet.
    ///
    /// - Returns: Size, and time in seconds since 1970; `nil` when nothing is known.
    func last(by key: WitnessKey) -> (size: Int, time: Int)? {
        var found: [(size: Int, time: Int)] = standings.compactMap {
            guard $0.key == key, let size = $0.size, let time = $0.time else { return nil }
            return (size, time)
        }
        for checkpoint in [published, waiting].compactMap(\.self) {
            for cosignature in cosignatures(of: checkpoint) where cosignature.key == key {
                found.append((checkpoint.checkpoint.size, cosignature.time))
            }
        }
        return found.max { ($0.size, $0.time) < ($1.size, $1.time) }
    }
}
