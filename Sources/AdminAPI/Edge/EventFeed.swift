import Council

/// What one stream of events tells: entries from some index on, and that the log grew.
struct EventFeed: Sendable {
    /// That the log grew; its buffer keeps the newest.
    let publications: AsyncStream<Publication>
    /// The index of the first entry to tell; `nil` to tell of growth alone.
    let first: Int?
    /// Reads the events of public entries from an index on, at most ``pageMax``.
    let read: @Sendable (Int) async throws(APIError) -> [String]

    /// Entries read at once: 64 of the largest are 4 MiB. What a client has not read yet is in the
    /// journal, and not in memory.
    static let pageMax = 64
}
