package import Governance
package import LogReader
package import TransparencyLog

/// What a council shows between two turns. Valid only inside the call that it was given to.
package struct CouncilView {
    /// What follows from the log.
    package let state: State
    /// The tree over the log.
    package let tree: MerkleTree
    /// The checkpoint published last.
    package let checkpoint: SignedCheckpoint?
    /// The published checkpoint that had enough cosignatures last; `nil` without witnesses.
    package let witnessed: SignedCheckpoint?
    /// The checkpoint signed last: the published one, or one that waits for witnesses.
    package let signed: SignedCheckpoint?
    /// The community's card.
    package let card: CommunityCard
    /// The council's time, milliseconds since 1970.
    package let now: Int64
    /// The entries.
    package let journal: any Journal

    /// How far an entry of the journal has come.
    package enum Standing: String, Sendable {
        /// In the journal, under the acknowledgement's signature.
        case durable
        /// In a checkpoint that the log signed.
        case checkpointed = "in-checkpoint"
        /// In a checkpoint that as many witnesses cosigned as the community card asks for.
        case witnessed
    }

    /// How far an entry has come, and the best checkpoint that covers it; `nil` while none does.
    package func standing(of index: Int) -> (Standing, SignedCheckpoint?) {
        if let witnessed, index < witnessed.checkpoint.size { return (.witnessed, witnessed) }
        for checkpoint in [checkpoint, signed] {
            if let checkpoint, index < checkpoint.checkpoint.size {
                return (.checkpointed, checkpoint)
            }
        }
        return (.durable, nil)
    }

    /// A member's receipt: that an entry is in the log, under the best checkpoint that covers it,
    /// with its cosignatures. One that waits for witnesses proves it too: the log signed it.
    ///
    /// - Returns: `nil` when no checkpoint covers the entry yet.
    /// - Throws: ``TreeError``, which cannot be while the checkpoint is this log's.
    package func receipt(of index: Int) throws(TreeError) -> LogProof? {
        guard let checkpoint = standing(of: index).1 else { return nil }
        let proof = try tree.inclusionProof(index: index, size: checkpoint.checkpoint.size)
        return LogProof(inclusion: proof, checkpoint: checkpoint)
    }
}
