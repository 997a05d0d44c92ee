/// The proof that one leaf is at one place of a tree (RFC 6962 §2.1.1).
package struct InclusionProof: Hashable, Sendable {
    /// The leaf's place, counted from 0.
    package let index: Int
    /// How many leaves the tree has.
    package let size: Int
    /// The hashes beside the way, from leaf to root; at most 63.
    package let path: [Digest]

    /// Takes a proof as it is; ``verify(leaf:root:)`` judges it.
    package init(index: Int, size: Int, path: [Digest]) {
        self.index = index
        self.size = size
        self.path = path
    }

    /// The root that the proof leads to from `leaf` (RFC 9162 §2.1.3.2).
    ///
    /// - Throws: ``ProofError/indexBeyondSize(index:size:)`` or
    ///   ``ProofError/wrongLength(hashes:)``.
    package func root(from leaf: Digest) throws(ProofError) -> Digest {
        guard index >= 0, index < size else { throw .indexBeyondSize(index: index, size: size) }
        var (node, last) = (index, size - 1)
        var root = leaf
        for digest in path {
            guard last > 0 else { throw .wrongLength(hashes: path.count) }
            if !node.isMultiple(of: 2) || node == last {
                root = .node(digest, root)
                // The rightmost node goes up unpaired until it is a right child.
                while node.isMultiple(of: 2), node > 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                root = .node(root, digest)
            }
            node >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .wrongLength(hashes: path.count) }
        return root
    }

    /// Checks that the tree with `root` has `leaf` at the place.
    ///
    /// - Throws: What ``root(from:)`` throws, or ``ProofError/wrongRoot(computed:expected:)``.
    package func verify(leaf: Digest, root: Digest) throws(ProofError) {
        let computed = try self.root(from: leaf)
        guard computed == root else { throw .wrongRoot(computed: computed, expected: root) }
    }
}
