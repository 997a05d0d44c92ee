/// One witness that a council asks, wherever it is.
///
/// It is believed in nothing: what it answers is verified by its key, and whatever it does costs no
/// more than its cosignature.
package protocol WitnessClient: Sendable {
    /// Where it is, for people.
    var address: String { get }

    /// Sends the body of `add-checkpoint` (C2SP tlog-witness).
    ///
    /// - Returns: What came back, bounded in time and size. Never throws: every trouble is an
    ///   answer.
    func add(_ body: [UInt8]) async -> WitnessAnswer
}

/// What a witness answered.
package enum WitnessAnswer: Equatable, Sendable {
    /// 200: signature lines, unjudged.
    case lines([UInt8])
    /// 409: the size that it has.
    case conflict(size: Int)
    /// Another status, with the beginning of what it says.
    case refused(status: Int, words: String)
    /// No answer, or none in time.
    case unreachable(String)
}

/// The bounds of asking witnesses.
package enum WitnessLimits {
    /// The longest answer that is read, octets: lines of some keys each.
    package static let answerOctetsMax = 65_536
    /// How long one request may take in all, seconds.
    package static let requestSeconds: Int64 = 5
    /// Requests to one witness for one checkpoint: the second has the size that it named, the third
    /// is for one that was asked by somebody else in between.
    static let attemptsMax = 3
    /// How long readers that take a checkpoint without enough cosignatures are made to wait for
    /// them, milliseconds.
    static let patienceMilliseconds = 2_000
    /// Between two rounds for one checkpoint, milliseconds, doubled up to the longest.
    static let pauseMilliseconds = 500
    static let pauseMillisecondsMax = 30_000
    /// The longest text of a trouble, characters: a witness may say anything.
    static let wordsMax = 200
}
