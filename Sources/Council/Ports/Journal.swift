package import Routing

/// Where the council keeps the log's entries: append-only, durable, the truth of its state.
///
/// Synchronous on purpose. The council is an actor on a thread of its own, and between reading its
/// state and committing there must be no suspension point at which another decision could slip in.
/// Every call may block on the disk. Only one process may hold a journal open for writing.
///
/// The journal judges nothing: verifying, reducing and compiling come before (law 4), and what it
/// gives back is still only a claim until the tree over it equals a signed checkpoint.
package protocol Journal: Sendable {
    /// Appends entries, all of them or none.
    ///
    /// The entries run on from ``count()`` without a gap, in one transaction. When the call
    /// returns they are durable: they survive a kill of the process and a loss of power. Several
    /// statements handed over together cost one sync of the disk (group commit). Appending no
    /// entries does nothing.
    ///
    /// - Parameter entries: What to append, at most ``JournalLimits/batchEntriesMax``.
    /// - Throws: ``JournalError``. Every case but ``JournalError/outcomeUnknown(_:)`` means that
    ///   nothing was appended and the journal may be used on. `outcomeUnknown` is *not* a no: the
    ///   entries may be there after a restart. The journal then refuses every further append with
    ///   the same error; the council must publish nothing, exit, and recover from what it finds.
    func append(_ entries: [JournalEntry]) throws(JournalError)

    /// How many entries there are: the index that the next one gets.
    ///
    /// - Throws: ``JournalError/unreadable(_:)``.
    func count() throws(JournalError) -> Int

    /// Reads entries in log order.
    ///
    /// - Parameters:
    ///   - first: The index to begin at. At or beyond ``count()`` the answer is empty.
    ///   - limit: How many at most; never more than ``JournalLimits/pageEntriesMax`` come back.
    /// - Returns: Entries that run on from `first` without a gap.
    /// - Throws: ``JournalError/unreadable(_:)``; ``JournalError/corrupt(index:detail:)`` when a
    ///   row that must be there is missing or malformed.
    func entries(from first: Int, limit: Int) throws(JournalError) -> [JournalEntry]

    /// Reads one entry.
    ///
    /// - Returns: The entry, or `nil` when the log is not that long.
    /// - Throws: As ``entries(from:limit:)``.
    func entry(at index: Int) throws(JournalError) -> JournalEntry?

    /// Finds the entry that holds a statement.
    ///
    /// - Returns: The entry's index, or `nil` when no entry holds it.
    /// - Throws: ``JournalError/unreadable(_:)``.
    func entryIndex(ofStatement hash: ContentDigest) throws(JournalError) -> Int?
}

/// How much passes through a journal in one call.
package enum JournalLimits {
    /// Entries appended in one transaction: 4,096 of the largest are 256 MiB of write-ahead log,
    /// and a batch of ballots (700 octets each) stays under 3 MiB.
    package static let batchEntriesMax = 4_096

    /// Entries read in one call: 1,024 of the largest are 64 MiB of memory.
    package static let pageEntriesMax = 1_024
}
