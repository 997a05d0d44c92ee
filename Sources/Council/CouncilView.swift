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
    /// The community's card.
    package let card: CommunityCard
    /// The council's time, milliseconds since 1970.
    package let now: Int64
    /// The entries.
    package let journal: any Journal

    /// A member's receipt: that an entry is in the log under the published checkpoint.
    ///
    /// - Returns: `nil` when the checkpoint does not cover the entry yet.
    /// - Throws: ``TreeError``, which cannot be while the checkpoint is this log's.
    package func receipt(of index: Int) throws(TreeError) -> LogProof? {
        guard let checkpoint, index < checkpoint.checkpoint.size else { return nil }
        let proof = try tree.inclusionProof(index: index, size: checkpoint.checkpoint.size)
        return LogProof(inclusion: proof, checkpoint: checkpoint)
    }
}
