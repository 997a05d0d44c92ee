import Governance

/// Entries that were fetched, proven and checked, and that wait for their turn to be reduced.
struct CheckedBatch: Sendable {
    /// The entries' octets.
    let octets: [[UInt8]]
    /// The entries, with who really signed; as many.
    let checked: [CheckedEntry]
    /// What comes after them.
    let rest: LogAdvance

    /// Reads the next entries of an advance and verifies their signatures.
    ///
    /// - Returns: `nil` at the end; a failure for what could not be fetched or is no entry.
    static func read(from advance: LogAdvance) async -> Result<CheckedBatch?, FollowFault> {
        var rest = advance
        do {
            guard let batch = try await rest.nextBatch() else { return .success(nil) }
            let checked = try await EntryChecking.check(batch.entries, from: batch.first)
            return .success(CheckedBatch(octets: batch.entries, checked: checked, rest: rest))
        } catch let error as LogFetchError {
            return .failure(.fetch(error))
        } catch let contradiction as Contradiction {
            return .failure(.contradiction(contradiction))
        } catch {
            preconditionFailure("reading throws LogFetchError or Contradiction: \(error)")
        }
    }
}
