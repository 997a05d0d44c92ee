/// The log's tree in memory (RFC 6962 §2.1): it grows by leaf hashes and knows all of its past.
///
/// Keeps the root of every perfect subtree, 64 octets a leaf in all, so that the root and the
/// proofs of any size up to its own cost O(log n).
package struct MerkleTree: Sendable {
    /// The roots of the perfect subtrees, by height, from left to right.
    private var heights: [[Digest]] = [[]]

    /// A tree without leaves.
    package init() {}

    /// Builds a tree from leaf hashes.
    package init(leaves: some Sequence<Digest>) {
        for leaf in leaves { append(leaf) }
    }

    /// How many leaves there are.
    package var size: Int { heights[0].count }

    /// The root over all leaves.
    package var root: Digest { root(of: 0..<size) }

    /// Adds the hash of the next entry.
    ///
    /// - Complexity: O(1) hashes on average, O(log n) at worst.
    package mutating func append(_ leaf: Digest) {
        heights[0].append(leaf)
        var height = 0
        var count = heights[0].count
        while count.isMultiple(of: 2) {
            let parent = Digest.node(heights[height][count - 2], heights[height][count - 1])
            height += 1
            count /= 2
            if height == heights.count { heights.append([]) }
            heights[height].append(parent)
        }
    }

    /// The hash of the entry at `index`.
    ///
    /// - Throws: ``TreeError/noSuchLeaf(_:size:)``.
    package func leaf(at index: Int) throws(TreeError) -> Digest {
        guard heights[0].indices.contains(index) else { throw .noSuchLeaf(index, size: size) }
        return heights[0][index]
    }

    /// The root that the tree had when it had `size` leaves.
    ///
    /// - Throws: ``TreeError/noSuchSize(_:leaves:)``.
    /// - Complexity: O(log n).
    package func root(atSize size: Int) throws(TreeError) -> Digest {
        try check(size: size)
        return root(of: 0..<size)
    }

    /// The proof that the leaf at `index` is in the tree of `size` (RFC 6962 §2.1.1).
    ///
    /// - Throws: ``TreeError/noSuchSize(_:leaves:)`` or ``TreeError/noSuchLeaf(_:size:)``.
    /// - Complexity: O(log² n).
    package func inclusionProof(index: Int, size: Int) throws(TreeError) -> InclusionProof {
        try check(size: size)
        guard index >= 0, index < size else { throw .noSuchLeaf(index, size: size) }
        let ranges = TreeShape.inclusion(index: index, size: size)
        return InclusionProof(index: index, size: size, path: ranges.map(root(of:)))
    }

    /// The proof that the tree of `new` leaves begins with that of `old` (RFC 6962 §2.1.2).
    ///
    /// - Throws: ``TreeError/noSuchSize(_:leaves:)`` or ``TreeError/shrinks(from:to:)``.
    /// - Complexity: O(log² n).
    package func consistencyProof(from old: Int, to new: Int) throws(TreeError) -> ConsistencyProof
    {
        try check(size: old)
        try check(size: new)
        guard old <= new else { throw .shrinks(from: old, to: new) }
        let ranges = TreeShape.consistency(old: old, new: new)
        return ConsistencyProof(old: old, new: new, path: ranges.map(root(of:)))
    }

    /// The root of a perfect subtree; `nil` while it has not all its leaves.
    func root(of subtree: Subtree) -> Digest? {
        guard heights.indices.contains(subtree.height),
            heights[subtree.height].indices.contains(subtree.index)
        else { return nil }
        return heights[subtree.height][subtree.index]
    }

    private func check(size: Int) throws(TreeError) {
        guard (0...self.size).contains(size) else { throw .noSuchSize(size, leaves: self.size) }
    }

    /// - Precondition: `range` is a subtree within the leaves that there are.
    private func root(of range: Range<Int>) -> Digest {
        TreeShape.root(of: range) { heights[$0.height][$0.index] }
    }
}
