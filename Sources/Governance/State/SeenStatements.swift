import Routing

/// The statements that could still be replayed: applied, and their `until` has not passed.
///
/// Forgotten in rising order of `until`, once time has gone past it, since an expired statement is
/// void for that reason alone. So it stays as small as the traffic of one `statementValidity`.
package struct SeenStatements: Sendable {
    private var hashes: Set<ContentDigest> = []
    /// A binary heap by `until`, the earliest first.
    private var heap: [(until: Int64, hash: ContentDigest)] = []

    /// How many there are.
    var count: Int { heap.count }

    /// Whether the statement was applied.
    func contains(_ hash: ContentDigest) -> Bool { hashes.contains(hash) }

    /// The statements and their `until`, by hash.
    var sorted: [(hash: ContentDigest, until: Int64)] {
        heap.map { ($0.hash, $0.until) }.sorted { $0.hash < $1.hash }
    }

    /// Remembers a statement.
    ///
    /// - Complexity: O(log n).
    mutating func insert(_ hash: ContentDigest, until: Int64) {
        guard hashes.insert(hash).inserted else { return }
        heap.append((until, hash))
        var child = heap.count - 1
        while child > 0, heap[child].until < heap[(child - 1) / 2].until {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Forgets what expired before a time.
    ///
    /// - Complexity: O(log n) for each one forgotten.
    mutating func forget(before t: Int64) {
        while let first = heap.first, first.until < t {
            hashes.remove(first.hash)
            let last = heap.removeLast()
            guard !heap.isEmpty else { return }
            heap[0] = last
            sink()
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].until < heap[least].until { least = child }
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
