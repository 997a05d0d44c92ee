package import Governance

/// Checks entries on several cores: signatures cost most of a replay, and need no state.
package enum EntryChecking {
    /// How many parts a batch is cut into, so that a core that comes late finds some left.
    private static let parts = 8
    /// Below this a batch is not worth cutting.
    private static let partEntriesMin = 16

    /// Reads entries and verifies their signatures, in order.
    ///
    /// - Parameters:
    ///   - batch: The octets of entries that follow each other.
    ///   - first: The index of the first of them.
    /// - Throws: ``Contradiction`` naming the first entry that is not one.
    package static func check(
        _ batch: [[UInt8]], from first: Int
    ) async throws(Contradiction) -> [CheckedEntry] {
        let size = max(partEntriesMin, (batch.count + parts - 1) / parts)
        let slices = stride(from: 0, to: batch.count, by: size).map {
            (offset: $0, entries: Array(batch[$0..<min($0 + size, batch.count)]))
        }
        let results = await withTaskGroup(
            of: (Int, Result<[CheckedEntry], Contradiction>).self
        ) { group in
            for slice in slices {
                group.addTask {
                    (slice.offset, checkPart(slice.entries, from: first + slice.offset))
                }
            }
            var results: [Int: Result<[CheckedEntry], Contradiction>] = [:]
            for await (offset, result) in group { results[offset] = result }
            return results
        }
        var checked: [CheckedEntry] = []
        checked.reserveCapacity(batch.count)
        for slice in slices { checked += try results[slice.offset]?.get() ?? [] }
        return checked
    }

    private static func checkPart(
        _ entries: [[UInt8]], from first: Int
    ) -> Result<[CheckedEntry], Contradiction> {
        var checked: [CheckedEntry] = []
        for (offset, octets) in entries.enumerated() {
            do {
                checked.append(try CheckedEntry(octets: octets))
            } catch {
                return .failure(Contradiction(index: first + offset, reason: .unreadable(error)))
            }
        }
        return .success(checked)
    }
}
