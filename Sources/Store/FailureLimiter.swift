import Council
import Routing

/// Counts failed password checks per handle, and says when it is enough.
///
/// A value that knows no clock: instants are milliseconds since 1970. Members are counted by number
/// and never pushed out, and there are as many as the community has. Handles that nobody has are
/// counted alike, so that the limit does not tell which handles exist, but only the latest
/// ``strangersMax`` of them.
struct FailureLimiter: Sendable {
    /// Whose failures are counted.
    enum Key: Hashable, Sendable {
        case member(Int)
        /// SHA-256 of a handle that is not known: 32 octets whatever somebody sent.
        case stranger(ContentDigest)
    }

    private struct Count {
        var failures: Int
        var windowEnds: Int64
    }

    /// Handles that nobody has, remembered at once: about 0.5 MB.
    static let strangersMax = 4_096

    private var members: [Int: Count] = [:]
    private var strangers: [ContentDigest: Count] = [:]

    /// Counts an attempt as failed, before its outcome is known: attempts made at once must not
    /// slip through together. ``succeeded(_:)`` and ``takeBack(_:)`` undo it.
    ///
    /// - Returns: `nil` when the attempt may go on, else the milliseconds to wait.
    mutating func charge(_ key: Key, now: Int64) -> Int64? {
        var count = self[key] ?? Count(failures: 0, windowEnds: 0)
        if now >= count.windowEnds {
            let window = CredentialLimits.failureWindowMilliseconds
            let (end, overflow) = now.addingReportingOverflow(window)
            count = Count(failures: 0, windowEnds: overflow ? Int64.max : end)
        }
        guard count.failures < CredentialLimits.failuresMax else {
            return max(1, count.windowEnds - now)
        }
        count.failures += 1
        makeRoom(for: key, now: now)
        self[key] = count
        return nil
    }

    /// Forgets the failures of a handle whose password was right.
    mutating func succeeded(_ key: Key) {
        self[key] = nil
    }

    /// Undoes one charge for an attempt that was not made after all.
    mutating func takeBack(_ key: Key) {
        self[key]?.failures -= 1
    }

    private mutating func makeRoom(for key: Key, now: Int64) {
        guard case .stranger = key, self[key] == nil, strangers.count >= Self.strangersMax else {
            return
        }
        strangers = strangers.filter { now < $0.value.windowEnds }
        guard strangers.count >= Self.strangersMax else { return }
        if let oldest = strangers.min(by: { $0.value.windowEnds < $1.value.windowEnds }) {
            strangers[oldest.key] = nil
        }
    }

    private subscript(key: Key) -> Count? {
        get {
            switch key {
            case .member(let number): members[number]
            case .stranger(let hash): strangers[hash]
            }
        }
        set {
            switch key {
            case .member(let number): members[number] = newValue
            case .stranger(let hash): strangers[hash] = newValue
            }
        }
    }
}
