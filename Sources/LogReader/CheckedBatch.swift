import Governance

/// Entries that were fetched, proven and checked, and that wait for their turn to be reduced.
struct CheckedBatch: Sendable {
    /// The entries, with who really signed.
    let checked: [CheckedEntry]
    /// What comes after them.
    let rest: LogAdvance

    /// So many entries are read at once, about, where there are as many: some cost much more than
    /// others to reduce, and many together cost about what many others do.
    private static let entriesMin = 1_024

    /// Reads the next entries of an advance and verifies their signatures.
    ///
    /// What can be read before something that cannot be comes without a failure, which the next
    /// reading meets.
    ///
    /// - Returns: `nil` at the end; a failure for what could not be fetched or is no entry.
    static func read(from advance: LogAdvance) async -> Result<CheckedBatch?, FollowFault> {
        var rest = advance
        do {
            guard let batch = try await rest.nextBatch() else { return .success(nil) }
            var (octets, leaves) = (batch.entries, batch.leaves)
            while octets.count < entriesMin, let more = try? await rest.nextBatch() {
                octets += more.entries
                leaves += more.leaves
            }
            let checked = try await EntryChecking.check(
                octets, from: batch.first, leaves: leaves)
            return .success(CheckedBatch(checked: checked, rest: rest))
        } catch let error as LogFetchError {
            return .failure(.fetch(error))
        } catch let contradiction as Contradiction {
            return .failure(.contradiction(contradiction))
        } catch {
            preconditionFailure("reading throws LogFetchError or Contradiction: \(error)")
        }
    }
}
