package import Governance
package import Routing
package import TransparencyLog

/// Follows a log: the one way in which gateways and auditors come to a state.
///
/// Fetches, verifies, reduces. What it holds after a ``follow(now:)`` that returned was proven
/// under the accepted checkpoint and allowed by the rules; what it holds after one that threw is
/// what it had accepted before, and some entries beyond that nobody is shown.
package struct LogFollower: Sendable {
    /// The last checkpoint accepted; it never goes back.
    package private(set) var accepted: SignedCheckpoint?
    /// The state under that checkpoint; `nil` until the founding was seen.
    package private(set) var state: State?
    /// Who cosigned that checkpoint, of the card's witnesses; fewer than its threshold only when
    /// the card says that readers take such a one.
    package private(set) var cosignatures: [Cosignature] = []

    /// The state before the last `state` entry that was taken: what a later life can begin with.
    package private(set) var snapshot: State?
    /// How many entries the snapshot stood for that this life began with; `nil` for a replay.
    package private(set) var resumedFrom: Int?
    /// Why the snapshot that this life was to begin with was not used; `nil` when it was, or none
    /// was given.
    package private(set) var snapshotTrouble: String?

    private let card: CommunityCard
    private let fetcher: LogFetcher
    private var replay = Replay()
    /// The last checkpoint under which entries were taken, accepted or not yet.
    private var seen: SignedCheckpoint?
    /// What to begin with, until it was tried.
    private var beginning: State?

    /// A state is kept as a snapshot when no more entries are left to be taken than stand between
    /// so many `state` entries: copying each on the way through a long log would cost more than it
    /// saves.
    private static let snapshotWithin = 2

    /// How far ahead of the reader's clock an entry may be dated, milliseconds.
    package static let aheadMax: Int64 = 60_000

    /// Follows the log that a card pins.
    ///
    /// - Parameters:
    ///   - accepted: The last checkpoint accepted in an earlier life, which bounds this one.
    ///   - snapshot: The state to begin with. It is believed only when the entry that comes next in
    ///     the log, under `accepted`, is a `state` entry with its digest; else the log is replayed.
    /// - Throws: ``NoteKeyError`` for a card whose key cannot be one.
    package init(
        card: CommunityCard, source: any LogSource, accepted: SignedCheckpoint? = nil,
        snapshot: State? = nil
    ) throws(NoteKeyError) {
        beginning = snapshot
        self.card = card
        self.accepted = accepted
        fetcher = LogFetcher(
            source: source, key: try VerifierKey(text: card.key), witnesses: card.witnesses)
    }

    /// The table that a gateway must serve under the accepted checkpoint.
    ///
    /// The one source of tables for gateways (law 3): compiled from a state that was just verified.
    ///
    /// - Returns: `nil` before enough founders have joined.
    /// - Complexity: That of compiling the documents in force.
    package func makeTable() -> RouteTable? {
        guard let state, state.hasBegun else { return nil }
        return RouteTable(compiling: state.documents)
    }

    /// Whose cosignatures the card asks for.
    package var witnesses: WitnessPolicy { card.witnesses }

    /// Entries reduced so far.
    package var position: Int { replay.state.entries }

    /// The tree over the entries reduced so far.
    package var tree: MerkleTree { replay.tree }

    /// Takes what was published since.
    ///
    /// - Parameters:
    ///   - now: The reader's time, milliseconds since 1970.
    ///   - each: Told every entry as it is taken, with the state that follows from it. All of it
    ///     counts only once this call returned.
    /// - Returns: Whether there was anything new.
    /// - Throws: ``FollowFault``. Calling again goes on where the last call stopped.
    package mutating func follow(
        now: Int64, each: ((TakenEntry, State) -> Void)? = nil
    ) async throws(FollowFault) -> Bool {
        await begin()
        let advance: LogAdvance
        do {
            let found = try await fetcher.advance(from: seen ?? accepted, entriesFrom: position)
            guard let found else { throw FollowFault.nothingPublished }
            advance = found
            // Entries are taken under this checkpoint from here on, so whatever comes next must
            // continue it, also when this call does not come to its end.
            seen = advance.checkpoint
        } catch let fault as FollowFault {
            throw fault
        } catch let error as LogFetchError {
            throw .fetch(judged(error))
        } catch {
            preconditionFailure("fetching throws LogFetchError only: \(error)")
        }
        let news = advance.checkpoint != accepted || state == nil
        let size = advance.checkpoint.checkpoint.size
        var ahead = await CheckedBatch.read(from: advance)
        while let batch = try ahead.get() {
            // While these are reduced on one core, the next are fetched and verified on others.
            async let following = CheckedBatch.read(from: batch.rest)
            try reduce(batch, of: size, now: now, each)
            if replay.state.constitution != nil { try checkFounding() }
            ahead = await following
        }
        try checkFounding()
        try checkKey(of: advance.checkpoint)
        accepted = advance.checkpoint
        cosignatures = advance.cosignatures
        state = replay.state
        return news
    }

    /// An earlier checkpoint is an old copy of the log, unless its root is not what the log had at
    /// that size: then two histories were signed, and whoever holds the tree can tell.
    private func judged(_ error: LogFetchError) -> LogFetchError {
        guard case .rollback(let accepted, let offered) = error,
            let root = try? tree.root(atSize: offered.checkpoint.size),
            root != offered.checkpoint.root
        else { return error }
        return .fork(accepted: accepted, offered: offered)
    }

    /// Takes the snapshot up, if the log confirms it.
    private mutating func begin() async {
        guard let state = beginning else { return }
        beginning = nil
        do {
            guard let accepted, state.entries < accepted.checkpoint.size else {
                throw SnapshotFault.notAccepted
            }
            guard
                var advance = try await fetcher.advance(
                    from: accepted, entriesFrom: state.entries)
            else { throw SnapshotFault.notAccepted }
            let leaves = try await advance.leavesBefore()
            guard let octets = try await advance.nextBatch()?.entries.first else {
                throw SnapshotFault.notAccepted
            }
            var resumed = Replay(resuming: state, tree: MerkleTree(leaves: leaves))
            let checked = try CheckedEntry(octets: octets)
            guard checked.entry.isStateClaim else { throw SnapshotFault.notConfirmed }
            try resumed.take(checked)
            guard resumed.state.constitution?.leaf == card.constituted else {
                throw SnapshotFault.notConfirmed
            }
            replay = resumed
            snapshot = state
            resumedFrom = state.entries
            seen = accepted
        } catch let error as LogFetchError where !error.provesMisconduct {
            // The log is away: what is fetched next says so, and this is tried again.
            beginning = state
        } catch {
            snapshotTrouble = "\(error)"
        }
    }

    private mutating func reduce(
        _ batch: CheckedBatch, of size: Int, now: Int64, _ each: ((TakenEntry, State) -> Void)?
    ) throws(FollowFault) {
        do {
            for entry in batch.checked {
                guard entry.entry.t <= now + Self.aheadMax else {
                    throw FollowFault.future(index: position, t: entry.entry.t, now: now)
                }
                if entry.entry.isStateClaim {
                    let within = Self.snapshotWithin * replay.state.stateInterval
                    if size - position <= within { snapshot = replay.state }
                }
                let verdict = try replay.take(entry)
                each?(
                    TakenEntry(index: position - 1, checked: entry, verdict: verdict),
                    replay.state)
            }
        } catch let fault as FollowFault {
            throw fault
        } catch let contradiction as Contradiction {
            throw .contradiction(contradiction)
        } catch {
            preconditionFailure("reducing throws Contradiction only: \(error)")
        }
    }

    /// A vote may have put another key in the place of the one that the card pins: then that one
    /// has to have signed as well.
    private func checkKey(of checkpoint: SignedCheckpoint) throws(FollowFault) {
        let text = replay.state.logKey
        let origin = replay.state.origin
        if text.utf8.elementsEqual(card.key.utf8) { return }
        do throws(NoteKeyError) {
            let key = try VerifierKey(text: text)
            if origin.utf8.elementsEqual(card.origin.utf8), checkpoint.isSigned(by: key) { return }
        } catch {
            throw .otherKey(origin: origin, key: text)
        }
        throw .otherKey(origin: origin, key: text)
    }

    /// The card pins the founding too: the log key alone could sign another one.
    private mutating func checkFounding() throws(FollowFault) {
        guard let constitution = replay.state.constitution else { throw .notConstituted }
        // It covers the genesis too, and so the log's first key.
        guard constitution.leaf == card.constituted else {
            // Nothing of that community is of use; the source may yet show the right one.
            replay = Replay()
            seen = accepted
            throw .otherFounding(expected: card.constituted, found: constitution.leaf)
        }
    }
}

/// Why a snapshot is not used.
enum SnapshotFault: Error, CustomStringConvertible {
    /// It is of more entries than were accepted.
    case notAccepted
    /// The entry that comes next does not claim it.
    case notConfirmed

    var description: String {
        switch self {
        case .notAccepted: "it is ahead of the checkpoint accepted last"
        case .notConfirmed: "the log has no state entry at that place"
        }
    }
}

/// Why a log cannot be followed further.
package enum FollowFault: Error, Sendable {
    /// There is no checkpoint yet.
    case nothingPublished
    /// The log's files are away, malformed, or not what was signed.
    case fetch(LogFetchError)
    /// An entry breaks the rules.
    case contradiction(Contradiction)
    /// An entry is dated too far ahead of the reader's clock.
    case future(index: Int, t: Int64, now: Int64)
    /// The log's founding is not complete.
    case notConstituted
    /// Members gave the log another key or origin, and the checkpoint does not have its signature.
    case otherKey(origin: String, key: String)
    /// Another founding than the one that the card pins, under the same key.
    case otherFounding(expected: ContentDigest, found: ContentDigest)

    /// Whether waiting can help: the source may come back, the clock goes on.
    package var isPassing: Bool {
        switch self {
        case .nothingPublished, .notConstituted, .future: true
        case .fetch(let error): !error.provesMisconduct
        case .contradiction, .otherFounding, .otherKey: false
        }
    }
}

extension FollowFault: CustomStringConvertible {
    /// What is wrong, and with which entry.
    package var description: String {
        switch self {
        case .nothingPublished: "nothing is published there"
        case .fetch(let error): "\(error)"
        case .contradiction(let contradiction): "\(contradiction)"
        case .future(let index, let t, let now):
            "entry \(index): dated \(t), \((t - now) / 1000) s ahead of this machine's clock"
        case .notConstituted: "the log's founding is not complete"
        case .otherKey(let origin, let key):
            "members gave this log the origin \(origin) and the key \(key), which did not sign its "
                + "checkpoint; whoever holds the log on by that key has a community card for it"
        case .otherFounding(let expected, let found):
            "another community: its founding has leaf hash \(found), the card pins \(expected)"
        }
    }
}
