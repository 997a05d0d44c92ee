package import Governance
package import TransparencyLog

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
    ///   - leaves: Their leaf hashes, where they were worked out before.
    /// - Throws: ``Contradiction`` naming the first entry that is not one.
    package static func check(
        _ batch: [[UInt8]], from first: Int, leaves: [Digest]? = nil
    ) async throws(Contradiction) -> [CheckedEntry] {
        let size = max(partEntriesMin, (batch.count + parts - 1) / parts)
        let slices = stride(from: 0, to: batch.count, by: size).map {
            $0..<min($0 + size, batch.count)
        }
        let results = await withTaskGroup(
            of: (Int, Result<[CheckedEntry], Contradiction>).self
        ) { group in
            for slice in slices {
                group.addTask {
                    (slice.lowerBound, checkPart(slice, of: batch, from: first, leaves))
                }
            }
            var results: [Int: Result<[CheckedEntry], Contradiction>] = [:]
            for await (start, result) in group { results[start] = result }
            return results
        }
        var checked: [CheckedEntry] = []
        checked.reserveCapacity(batch.count)
        for slice in slices { checked += try results[slice.lowerBound]?.get() ?? [] }
        return checked
    }

    private static func checkPart(
        _ places: Range<Int>, of batch: [[UInt8]], from first: Int, _ leaves: [Digest]?
    ) -> Result<[CheckedEntry], Contradiction> {
        var checked: [CheckedEntry] = []
        for place in places {
            do {
                checked.append(
                    try CheckedEntry(
                        octets: batch[place], leafHash: leaves.map { Replay.content($0[place]) }))
            } catch {
                return .failure(Contradiction(index: first + place, reason: .unreadable(error)))
            }
        }
        return .success(checked)
    }
}
