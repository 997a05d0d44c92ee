/// The proof that a tree begins with all leaves of an earlier one (RFC 6962 §2.1.2).
package struct ConsistencyProof: Hashable, Sendable {
    /// How many leaves the earlier tree has.
    package let old: Int
    /// How many leaves the later tree has.
    package let new: Int
    /// The hashes, in RFC 6962's order; at most 64. Empty for `old` = 0 and for equal sizes.
    package let path: [Digest]

    /// Takes a proof as it is; ``verify(oldRoot:newRoot:)`` judges it.
    package init(old: Int, new: Int, path: [Digest]) {
        self.old = old
        self.new = new
        self.path = path
    }

    /// Checks that the tree with `newRoot` begins with the one with `oldRoot` (RFC 9162 §2.1.4.2).
    ///
    /// - Throws: ``ProofError`` for sizes that shrink, a path of the wrong length, and hashes that
    ///   lead to another root than either.
    package func verify(oldRoot: Digest, newRoot: Digest) throws(ProofError) {
        guard old >= 0, old <= new else { throw .shrinks(from: old, to: new) }
        guard old > 0, old < new else {
            guard path.isEmpty else { throw .wrongLength(hashes: path.count) }
            return try verifyWithoutPath(oldRoot: oldRoot, newRoot: newRoot)
        }
        // The old root itself is the first hash when it is a subtree of the new tree.
        let hashes = old & (old - 1) == 0 ? [oldRoot] + path : path
        guard let first = hashes.first else { throw .wrongLength(hashes: 0) }
        var (node, last) = (old - 1, new - 1)
        while !node.isMultiple(of: 2) {
            node >>= 1
            last >>= 1
        }
        var (oldComputed, newComputed) = (first, first)
        for digest in hashes.dropFirst() {
            guard last > 0 else { throw .wrongLength(hashes: path.count) }
            if !node.isMultiple(of: 2) || node == last {
                oldComputed = .node(digest, oldComputed)
                newComputed = .node(digest, newComputed)
                while node.isMultiple(of: 2), node > 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                newComputed = .node(newComputed, digest)
            }
            node >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .wrongLength(hashes: path.count) }
        guard oldComputed == oldRoot else {
            throw .wrongOldRoot(computed: oldComputed, expected: oldRoot)
        }
        guard newComputed == newRoot else {
            throw .wrongRoot(computed: newComputed, expected: newRoot)
        }
    }

    /// Every tree begins with the empty one, and with itself.
    private func verifyWithoutPath(oldRoot: Digest, newRoot: Digest) throws(ProofError) {
        if old == 0, oldRoot != .emptyTree {
            throw .wrongOldRoot(computed: .emptyTree, expected: oldRoot)
        }
        if old == new, oldRoot != newRoot {
            throw .wrongRoot(computed: oldRoot, expected: newRoot)
        }
    }
}
