import Foundation
import Governance
import LogReader
import Proxy
import Routing
import TransparencyLog

/// Follows the log and hands each new table to the gateway: the only place where a table is
/// published (law 3), and it takes it from a verified state alone.
struct TableFeed {
    private let gateway: Gateway
    private let accepted: AcceptedCheckpoint
    private let snapshots: SnapshotFile
    private var follower: LogFollower
    private let handedOver: HandedOver
    private var served: ContentDigest?
    private var servedCitations = true
    private var lastTrouble = ""
    /// The entries of the snapshot that is kept.
    private var snapshotEntries = 0
    /// When it was written.
    private var snapshotAt: ContinuousClock.Instant?
    /// A busy log has a `state` entry every fraction of a second; to write each would cost more
    /// than verifying what comes between them does at a start.
    private static let snapshotPause: Duration = .seconds(10)
    private var lastWitnesses = ""

    /// Whether a table was handed to the gateway.
    var isServing: Bool { served != nil }

    /// What one look at the log came to.
    enum Outcome: Equatable {
        /// Nothing new, or something new that was taken.
        case following
        /// The log cannot be believed any more; the last verified table stays.
        case frozen
    }

    /// - Parameter handedOver: Once a successor serves, what is accepted is its to remember.
    init(
        gateway: Gateway, follower: LogFollower, accepted: AcceptedCheckpoint,
        snapshots: SnapshotFile, handedOver: HandedOver
    ) {
        self.handedOver = handedOver
        self.gateway = gateway
        self.follower = follower
        self.accepted = accepted
        self.snapshots = snapshots
    }

    /// Looks at the log once.
    mutating func look() async -> Outcome {
        do {
            let hasNews = try await follower.follow(now: Moment.now)
            gateway.noteLogChecked()
            guard hasNews else { return .following }
            try takeUp()
            lastTrouble = ""
            return .following
        } catch let fault as FollowFault {
            return report(fault)
        } catch {
            complain("the accepted checkpoint cannot be kept: \(Reason.text(error))")
            return .following
        }
    }

    /// Serves the table of the state that was just verified, then remembers how far that was.
    private mutating func takeUp() throws {
        guard let state = follower.state, let checkpoint = follower.accepted else { return }
        let cites = state.charter?.citesRoutes ?? true
        let isNew = served != state.documents.tableDigest || servedCitations != cites
        if isNew, let table = follower.makeTable() {
            gateway.publish(table, citesRoutes: cites)
            served = state.documents.tableDigest
            servedCitations = cites
            Output.words(
                "serving \(state.documents.documents.count) documents, table "
                    + "\(state.documents.tableDigest.hex.prefix(16)), entry \(state.entries - 1)")
        }
        tellWitnesses(state)
        if !handedOver.isSet { try accepted.write(checkpoint) }
        keepSnapshot()
    }

    /// Keeps what the next start can begin with; without it that start only takes longer.
    private mutating func keepSnapshot() {
        if snapshotEntries == 0 {
            if let trouble = follower.snapshotTrouble {
                Output.words("the snapshot is not used, the log was replayed: \(trouble)")
            } else if let entries = follower.resumedFrom {
                Output.words("begun with the snapshot of \(entries) entries")
            }
        }
        guard let snapshot = follower.snapshot, snapshot.entries > snapshotEntries,
            !handedOver.isSet
        else { return }
        let now = ContinuousClock().now
        if let snapshotAt, now - snapshotAt < Self.snapshotPause { return }
        snapshotAt = now
        snapshotEntries = snapshot.entries
        do {
            try snapshots.write(snapshot)
        } catch {
            Output.trouble("the snapshot cannot be kept: \(Reason.text(error))")
        }
    }

    /// Says when the witnesses' part changes: enough, too few, or clocks that are apart.
    private mutating func tellWitnesses(_ state: State) {
        let report = WitnessReport(
            policy: follower.witnesses, cosignatures: follower.cosignatures, state: state)
        guard !report.policy.isEmpty else { return }
        let names = report.cosignatures.map(\.key.name).joined(separator: ", ")
        let words =
            report.clockTrouble
            ?? (report.isEnough
                ? "the checkpoints served are cosigned by \(Output.plain(names))"
                : "the checkpoint served is cosigned by \(report.cosignatures.count) of the "
                    + "\(report.policy.threshold) witnesses that the card asks for; the card lets "
                    + "readers go on")
        guard words != lastWitnesses else { return }
        lastWitnesses = words
        if report.isEnough && report.clockTrouble == nil {
            Output.words(words)
        } else {
            Output.trouble(words)
        }
    }

    private mutating func report(_ fault: FollowFault) -> Outcome {
        complain("the log is not followed: \(fault)")
        guard !fault.isPassing else { return .following }
        gateway.noteLogFrozen()
        if case .fetch(.fork(let accepted, let offered)) = fault {
            do {
                let files = try self.accepted.keepEvidence(accepted, offered)
                complain(
                    "the log signed two histories; the proof is in \(files.joined(separator: ", "))"
                )
            } catch {
                complain("the proof of the fork cannot be kept: \(Reason.text(error))")
            }
        }
        complain("frozen: the last verified table stays; restart when the log is mended")
        return .frozen
    }

    /// Says each trouble once, however often the log is looked at.
    private mutating func complain(_ words: String) {
        guard words != lastTrouble else { return }
        lastTrouble = words
        Output.trouble(words)
    }
}
