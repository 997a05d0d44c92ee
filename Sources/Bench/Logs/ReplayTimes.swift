import Foundation
import Governance
import LogReader

/// What following a published log takes, in time on a core, and where it goes.
struct ReplayTimes {
    /// Entries followed.
    private(set) var entries = 0
    /// Milliseconds of processor time from the first tile to the state, all threads together.
    private(set) var wholeMs = 0.0
    /// Of these: reading entries as JSON and statements.
    private(set) var readingMs = 0.0
    /// Of these: verifying the signatures.
    private(set) var verifyingMs = 0.0

    /// Entries a second that one core follows.
    var perSecond: Double { wholeMs > 0 ? Double(entries) * 1000 / wholeMs : 0 }

    /// Follows a log by the code that gateways and auditors run, then takes its parts alone.
    ///
    /// - Parameter octets: The log's entries, for the parts.
    /// - Throws: ``BenchFault/log(_:)`` when it does not hold.
    init(of log: PublishedLog, entries octets: [[UInt8]]) throws(BenchFault) {
        do {
            let card = try CommunityCard(octets: Data(contentsOf: log.card))
            let now = Int64(Date().timeIntervalSince1970 * 1000)
            let source = FolderSource(folder: log.folder)
            let watch = Stopwatch()
            entries = try Waiting.value {
                var follower = try LogFollower(card: card, source: source)
                _ = try await follower.follow(now: now)
                return follower.position
            }
            wholeMs = watch.milliseconds
            let readingWatch = Stopwatch()
            let read = try octets.map { try Entry(octets: $0) }
            readingMs = readingWatch.milliseconds
            let verifyingWatch = Stopwatch()
            for case .statement(let signed) in read.map(\.body) {
                _ = SignatureCheck(verifying: signed)
            }
            verifyingMs = verifyingWatch.milliseconds
        } catch {
            throw .log("\(error)")
        }
    }

    /// Milliseconds in microseconds an entry.
    func each(_ milliseconds: Double) -> Double {
        entries > 0 ? milliseconds * 1000 / Double(entries) : 0
    }
}
