package import Routing
package import SSHSignature

/// One member, as far as the log knows them.
package struct Member: Sendable, Equatable {
    /// The number given at founding or admission.
    package let number: Int
    /// The salted digest of the handle.
    package let handle: ContentDigest
    /// When they joined; `nil` until they sign `join`.
    package internal(set) var joined: Int64?
    /// From when on they may vote; `nil` until they joined.
    package internal(set) var electorFrom: Int64?
    /// Their keys in force, oldest first.
    package internal(set) var keys: [EnrolledKey]
    /// Keys that were theirs once, oldest first: nobody can enrol them again.
    package internal(set) var retired: [PublicKey] = []
    /// When they left or were expelled; `nil` while they may take part.
    package internal(set) var left: Int64?
    /// Whether they were expelled.
    package internal(set) var expelled = false
    /// The day (UTC, days since 1970) that ``statementsThatDay`` counts.
    var day: Int64 = 0
    /// Statements applied on ``day``.
    var statementsThatDay = 0

    /// Whether they joined and have not left.
    package var isIn: Bool { joined != nil && left == nil }

    /// The most keys that a member may have.
    package static let keysMax = 8

    /// A key, and since when it counts.
    package struct EnrolledKey: Sendable, Equatable {
        /// The key.
        package let key: PublicKey
        /// The `t` of the entry that enrolled it.
        package let from: Int64
    }

    /// The day of a time.
    static func day(of t: Int64) -> Int64 { t / 86_400_000 }
}
