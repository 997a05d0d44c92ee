/// A perfect subtree: the leaves `index·2^height ..< (index+1)·2^height`.
package struct Subtree: Hashable, Sendable {
    /// How many levels above the leaves its root is, 0…62.
    package let height: Int
    /// Which of its height, counted from 0.
    package let index: Int
}

/// Which subtrees roots and proofs are made of (RFC 6962 §2.1), whoever holds the hashes.
///
/// A tree in memory and one that is read from tiles answer from these same lists.
package enum TreeShape {
    /// The perfect subtrees that make up the leaves of `range`, from left to right.
    ///
    /// - Parameter range: A subtree of RFC 6962: its start is a multiple of the least power of two
    ///   that is not below its count.
    /// - Complexity: O(log count).
    package static func subtrees(of range: Range<Int>) -> [Subtree] {
        var subtrees: [Subtree] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let left = range.upperBound - start
            let height = Int.bitWidth - 1 - left.leadingZeroBitCount
            subtrees.append(Subtree(height: height, index: start >> height))
            start += 1 << height
        }
        return subtrees
    }

    /// The hash over subtrees that ``subtrees(of:)`` lists; ``Digest/emptyTree`` of none.
    package static func root(of digests: [Digest]) -> Digest {
        guard var root = digests.last else { return .emptyTree }
        for digest in digests.dropLast().reversed() { root = .node(digest, root) }
        return root
    }

    /// The hash over the leaves of `range`, which ``subtrees(of:)`` cuts: from right to left, so
    /// that no list of them is made.
    static func root(of range: Range<Int>, hash: (Subtree) -> Digest) -> Digest {
        var root: Digest?
        var count = range.count
        while count > 0 {
            let height = count.trailingZeroBitCount
            let index = (range.lowerBound + count) >> height - 1
            let digest = hash(Subtree(height: height, index: index))
            root = root.map { .node(digest, $0) } ?? digest
            count &= count - 1
        }
        return root ?? .emptyTree
    }

    /// The ranges whose hashes are an inclusion proof (RFC 6962 §2.1.1), from leaf to root.
    ///
    /// - Precondition: `0 ≤ index < size`.
    package static func inclusion(index: Int, size: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var (start, end) = (0, size)
        while end - start > 1 {
            let middle = start + split(end - start)
            if index < middle {
                ranges.append(middle..<end)
                end = middle
            } else {
                ranges.append(start..<middle)
                start = middle
            }
        }
        return ranges.reversed()
    }

    /// The ranges whose hashes are a consistency proof (RFC 6962 §2.1.2), in its order.
    ///
    /// - Precondition: `0 ≤ old ≤ new`. Nothing needs proof for 0 or between equals.
    package static func consistency(old: Int, new: Int) -> [Range<Int>] {
        guard old > 0, old < new else { return [] }
        var ranges: [Range<Int>] = []
        var (start, end) = (0, new)
        while old < end {
            let middle = start + split(end - start)
            if old <= middle {
                ranges.append(middle..<end)
                end = middle
            } else {
                ranges.append(start..<middle)
                start = middle
            }
        }
        // The verifier has the old root itself when it is a subtree of the new tree.
        if start > 0 { ranges.append(start..<end) }
        return ranges.reversed()
    }

    /// The largest power of two below `count`.
    private static func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
