package import TransparencyLog

/// Where a log's published files are: a folder, an HTTP address, or a council's own journal.
///
/// A source is believed in nothing. What it hands out is only octets until ``LogFetcher`` has
/// checked them against the log's signature, so any copy or mirror will do.
package protocol LogSource: Sendable {
    /// The note of the newest checkpoint, at most ``LogSourceLimits/checkpointOctetsMax`` octets.
    ///
    /// - Returns: `nil` when nothing was published yet.
    /// - Throws: ``LogSourceError`` when the source cannot say.
    func checkpoint() async throws(LogSourceError) -> [UInt8]?

    /// The octets of a tile of hashes or an entry bundle, at most ``Tile/octetsMax``.
    ///
    /// - Returns: `nil` when there is no such file: a partial tile goes when the full one exists.
    /// - Throws: ``LogSourceError`` when the source cannot say.
    func octets(of tile: Tile) async throws(LogSourceError) -> [UInt8]?
}

/// How much is read from a source at once.
package enum LogSourceLimits {
    /// The longest checkpoint, in octets: a signed note's limit.
    package static let checkpointOctetsMax = SignedNote.octetsMax
}

/// Why a source could not hand out a file.
package enum LogSourceError: Error, Equatable, Sendable {
    /// The source cannot be reached, or not within its time.
    case unreachable(source: String, reason: String)
    /// The file is there and cannot be read.
    case unreadable(path: String, reason: String)
    /// The file is longer than the limit, in octets.
    case tooLarge(path: String, limit: Int)
    /// A server answered with a status that is neither yes nor "no such file".
    case refused(path: String, status: Int)
}

extension LogSourceError: CustomStringConvertible {
    /// What went wrong, in words.
    package var description: String {
        switch self {
        case .unreachable(let source, let reason): "\(source) cannot be reached: \(reason)"
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .tooLarge(let path, let limit): "\(path) is longer than \(limit) octets"
        case .refused(let path, let status): "\(path): the server answered with status \(status)"
        }
    }
}
