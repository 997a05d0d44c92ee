import Governance
package import LogReader
import Routing
import TransparencyLog

/// What a restart derives from the journal.
package struct Recovered: Sendable {
    /// State and tree.
    let replay: Replay
    /// The published log.
    let publisher: Publisher
    /// Where the last `state` entry stands.
    let lastState: (entries: Int, t: Int64)
    /// The community's card.
    package let card: CommunityCard
}

extension Council {
    /// Starts on a journal: hashes every leaf again, compares the tree with what was signed outside
    /// the database, reduces every entry by the code that ran live, and publishes what a crash left
    /// unpublished.
    ///
    /// - Parameters:
    ///   - journal: The entries.
    ///   - mirror: The derived tables, rebuilt here.
    ///   - publisher: The published log.
    ///   - clock: The time, milliseconds since 1970.
    /// - Throws: ``CouncilFault`` naming the entry that is wrong.
    package static func start(
        journal: any Journal, mirror: any DocumentMirror, publisher: Publisher,
        clock: @escaping @Sendable () -> Int64
    ) async throws(CouncilFault) -> Council {
        let recovered = try await Recovered(journal: journal, publisher: publisher)
        do {
            try mirror.replaceDocuments(
                DocumentRow.rows(of: recovered.replay.state),
                size: recovered.replay.state.entries)
        } catch {
            throw .publishing("the derived tables cannot be rebuilt: \(error)")
        }
        return Council(recovered, journal: journal, mirror: mirror, clock: clock)
    }
}

extension Recovered {
    init(journal: any Journal, publisher before: Publisher) async throws(CouncilFault) {
        var publisher = before
        let (replay, lastState) = try await Self.replay(journal, publisher)
        guard let constitution = replay.state.constitution else { throw .notFounded }
        do {
            let entries = { (range: Range<Int>) in
                try JournalReading.octets(of: range, in: journal)
            }
            try publisher.mend(replay.tree, entries: entries)
            try publisher.publish(
                replay.tree, by: try publisher.signers.keys(for: replay.state), entries: entries)
        } catch let fault as CouncilFault {
            throw fault
        } catch {
            throw .publishing("\(error)")
        }
        self.replay = replay
        self.publisher = publisher
        self.lastState = lastState
        card = CommunityCard(
            origin: replay.state.origin, key: publisher.signers.pinned.verifier.text,
            constituted: constitution.leaf,
            witnesses: publisher.witnesses)
    }

    private static func replay(
        _ journal: any Journal, _ publisher: Publisher
    ) async throws(CouncilFault) -> (Replay, (entries: Int, t: Int64)) {
        // The tree first, without judging: an altered entry is named before it can confuse the
        // rules.
        try checkTree(journal, publisher)
        var lastState: (entries: Int, t: Int64) = (0, 0)
        let replay = try await replay(journal) { entry, state in
            if entry.isStateClaim { lastState = (state.entries, state.t) }
        }
        return (replay, lastState)
    }

    /// Reduces every entry of a journal.
    static func replay(
        _ journal: any Journal, each: (Entry, State) -> Void = { _, _ in }
    ) async throws(CouncilFault) -> Replay {
        var replay = Replay()
        var ahead = await checkedPage(journal, from: 0)
        while true {
            let entries = try ahead.get()
            if entries.isEmpty {
                replay.plan()
                return replay
            }
            // While these are reduced, on one core, the next are verified on the others.
            let next = replay.state.entries + entries.count
            async let following = checkedPage(journal, from: next)
            do throws(Contradiction) {
                for entry in entries {
                    try replay.take(entry)
                    each(entry.entry, replay.state)
                }
            } catch {
                throw .contradiction(error)
            }
            ahead = await following
        }
    }

    /// Reads the next entries of a journal and verifies their signatures; none at its end.
    private static func checkedPage(
        _ journal: any Journal, from first: Int
    ) async -> Result<[CheckedEntry], CouncilFault> {
        do throws(CouncilFault) {
            let page = try page(journal, from: first)
            do {
                return .success(try await EntryChecking.check(page.map(\.octets), from: first))
            } catch {
                throw .contradiction(error)
            }
        } catch {
            return .failure(error)
        }
    }

    private static func page(
        _ journal: any Journal, from first: Int
    ) throws(CouncilFault) -> [JournalEntry] {
        do {
            return try journal.entries(from: first, limit: JournalLimits.pageEntriesMax)
        } catch {
            throw .journal(error)
        }
    }

    private static func checkTree(
        _ journal: any Journal, _ publisher: Publisher
    ) throws(CouncilFault) {
        var tree = MerkleTree()
        while true {
            let page = try page(journal, from: tree.size)
            if page.isEmpty { break }
            for entry in page {
                let leaf = Digest.leaf(entry.octets)
                guard leaf == entry.leafHash else { throw .leafMismatch(index: entry.index) }
                tree.append(leaf)
            }
        }
        for checkpoint in publisher.vouched {
            guard checkpoint.size <= tree.size else {
                throw .entriesLost(signed: checkpoint.size, found: tree.size)
            }
            do {
                guard try tree.root(atSize: checkpoint.size) == checkpoint.root else {
                    throw CouncilFault.rootMismatch(
                        size: checkpoint.size, firstDifferent: publisher.firstDifference(from: tree)
                    )
                }
            } catch let fault as CouncilFault {
                throw fault
            } catch {
                throw .rootMismatch(size: checkpoint.size, firstDifferent: nil)
            }
        }
    }
}
