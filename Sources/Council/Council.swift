import CanonicalJSON
package import Governance
package import LogReader
import Routing
import TransparencyLog

/// The control plane: the one writer of the log.
///
/// Decides a batch of statements, appends it in one transaction, publishes it, and answers. Between
/// reading the state and committing there is no suspension, so no decision rests on a state that is
/// gone. What fails after the first change ends the council: a restart derives everything again
/// from what is there.
package actor Council {
    private let executor = CouncilExecutor()
    private let journal: any Journal
    private let mirror: any DocumentMirror
    private let clock: @Sendable () -> Int64
    private var replay: Replay
    private var publisher: Publisher
    private var lastState: (entries: Int, t: Int64)
    private var waiting: [Waiting] = []
    private var turnIsScheduled = false
    private var fault: CouncilFault?
    private var listeners: [Int: AsyncStream<Publication>.Continuation] = [:]
    private var nextListener = 0
    private let signings: AsyncStream<SignedCheckpoint>
    private let signing: AsyncStream<SignedCheckpoint>.Continuation

    /// The community's card.
    package nonisolated let card: CommunityCard
    /// The log's keys: the pinned one, and one that takes its place.
    nonisolated let logKeys: [VerifierKey]

    private struct Waiting {
        let check: SignatureCheck
        let answer: CheckedContinuation<Result<Logged, SubmissionError>, Never>
    }

    /// Runs on a thread of its own.
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        // SAFETY: the executor is a stored constant of this actor and lives as long as it does.
        unsafe executor.asUnownedSerialExecutor()
    }

    init(
        _ recovered: Recovered, journal: any Journal, mirror: any DocumentMirror,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.journal = journal
        self.mirror = mirror
        self.clock = clock
        replay = recovered.replay
        publisher = recovered.publisher
        lastState = recovered.lastState
        card = recovered.card
        logKeys = recovered.publisher.signers.verifiers
        (signings, signing) = AsyncStream.makeStream(
            of: SignedCheckpoint.self, bufferingPolicy: .bufferingNewest(1))
        if let newest = publisher.newest { signing.yield(newest) }
    }

    /// Hands in a statement whose signatures were verified.
    ///
    /// The same statement again gets the same answer. Returns once the entry is durable, and
    /// public unless its checkpoint waits for witnesses.
    ///
    /// - Throws: ``SubmissionError``.
    package func submit(_ check: SignatureCheck) async throws(SubmissionError) -> Logged {
        guard fault == nil else { throw .unavailable }
        guard waiting.count < CouncilLimits.waitingMax else {
            throw .busy(limit: CouncilLimits.waitingMax)
        }
        let result = await withCheckedContinuation { answer in
            waiting.append(Waiting(check: check, answer: answer))
            scheduleTurn()
        }
        return try result.get()
    }

    /// Lets time go on: appends what is due, and a tick when one is owed.
    ///
    /// - Returns: When to call again at the latest, milliseconds since 1970; `nil` when nothing
    ///   waits.
    /// - Throws: ``CouncilFault``; the council is then over.
    package func advance() throws(CouncilFault) -> Int64? {
        if let fault { throw fault }
        var turn = Turn(t: now)
        do {
            try turn.appendDue(&replay)
            try appendHeartbeat(&turn)
            try commit(turn)
        } catch {
            fail(error)
            throw error
        }
        let waits = replay.state.quietUntil
        let heartbeat = replay.state.charter?.heartbeat.milliseconds ?? .max
        return waits == .max ? nil : min(waits, replay.state.t + heartbeat)
    }

    /// Reads the state, between two turns.
    package func read<Answer: Sendable, Failure: Error>(
        _ body: @Sendable (CouncilView) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        try body(
            CouncilView(
                state: replay.state, tree: replay.tree, checkpoint: publisher.published,
                witnessed: publisher.witnessed, signed: publisher.newest, card: card, now: now,
                journal: journal))
    }

    /// Streams every publication from now on; a slow listener sees the newest only.
    ///
    /// - Returns: `nil` when ``CouncilLimits/listenersMax`` listen already.
    package func publications() -> AsyncStream<Publication>? {
        guard listeners.count < CouncilLimits.listenersMax else { return nil }
        let (stream, continuation) = AsyncStream.makeStream(
            of: Publication.self, bufferingPolicy: .bufferingNewest(1))
        let number = nextListener
        nextListener += 1
        listeners[number] = continuation
        continuation.onTermination = { [weak self] _ in
            Task { await self?.forget(listener: number) }
        }
        return stream
    }

    private func forget(listener number: Int) { listeners[number] = nil }

    /// Time never falls in the log, whatever the machine's clock does.
    private var now: Int64 { max(clock(), replay.state.t) }

    private func scheduleTurn() {
        guard !turnIsScheduled else { return }
        turnIsScheduled = true
        Task { self.takeTurn() }
    }

    private func takeTurn() {
        turnIsScheduled = false
        let batch = waiting.prefix(CouncilLimits.turnMax)
        waiting.removeFirst(batch.count)
        guard fault == nil else {
            for statement in batch { statement.answer.resume(returning: .failure(.unavailable)) }
            return
        }
        do {
            let results = try decide(batch.map(\.check))
            for (statement, result) in zip(batch, results) {
                statement.answer.resume(returning: result)
            }
        } catch {
            fail(error)
            for statement in batch { statement.answer.resume(returning: .failure(.unavailable)) }
        }
        if !waiting.isEmpty { scheduleTurn() }
    }

    /// One turn over statements: decide, compile, commit, publish.
    private func decide(
        _ batch: [SignatureCheck]
    ) throws(CouncilFault) -> [Result<Logged, SubmissionError>] {
        var turn = Turn(t: now)
        try turn.appendDue(&replay)
        while replay.state.firstDue(at: turn.t) != nil {
            // More was due than one transaction takes: no statement may come before the rest.
            try commit(turn)
            turn = Turn(t: turn.t)
            try turn.appendDue(&replay)
        }
        var results: [Result<Logged, SubmissionError>] = []
        results.reserveCapacity(batch.count)
        for check in batch { results.append(try decide(check, &turn)) }
        try commit(turn)
        return results
    }

    private func decide(
        _ check: SignatureCheck, _ turn: inout Turn
    ) throws(CouncilFault) -> Result<Logged, SubmissionError> {
        let hash = check.signed.statement.hash
        let checked = CheckedEntry(logging: check, t: turn.t)
        if let refusal = replay.refusal(of: checked) {
            if let earlier = try earlierEntry(of: hash, turn) {
                return .success(try logged(hash, at: earlier.index, t: earlier.t, wasThere: true))
            }
            return .failure(.refused(refusal))
        }
        let index = try turn.log(checked, to: &replay)
        return .success(try logged(hash, at: index, t: turn.t, wasThere: false))
    }

    /// The entry that logged a statement before: in the journal, or earlier in this turn.
    private func earlierEntry(
        of hash: ContentDigest, _ turn: Turn
    ) throws(CouncilFault) -> (index: Int, t: Int64)? {
        if let entry = turn.entries.first(where: { $0.statementHash == hash }) {
            return (entry.index, turn.t)
        }
        do {
            guard let index = try journal.entryIndex(ofStatement: hash),
                let row = try journal.entry(at: index)
            else { return nil }
            return (index, try Entry(octets: row.octets).t)
        } catch let error as JournalError {
            throw .journal(error)
        } catch {
            throw .journal(.corrupt(index: 0, detail: "\(error)"))
        }
    }

    /// Appends an entry of the council's own, after all that is due.
    ///
    /// - Parameter make: The entry on the state and at the time given; `nil` for none.
    /// - Returns: Its index.
    func appendOwn(
        _ make: @Sendable (State, Int64) -> JSONValue?
    ) throws(CouncilFault) -> Int? {
        if let fault { throw fault }
        do {
            _ = try decide([])
            var turn = Turn(t: now)
            guard let entry = make(replay.state, turn.t) else { return nil }
            let index = replay.state.entries
            try turn.append(entry, to: &replay)
            turn.changesTable = true
            try commit(turn)
            return index
        } catch {
            fail(error)
            throw error
        }
    }

    private func logged(
        _ hash: ContentDigest, at index: Int, t: Int64, wasThere: Bool
    ) throws(CouncilFault) -> Logged {
        let digest = Replay.digest(hash)
        let text = Acknowledgement(origin: card.origin, statement: digest, time: Int(t))
        do {
            return Logged(
                hash: digest, index: index, t: t,
                acknowledgement: try text.signed(
                    by: try publisher.signers.keys(for: replay.state)),
                proposal: replay.state.proposal(loggedAt: index)?.number,
                wasThere: wasThere)
        } catch {
            throw .publishing("\(error)")
        }
    }

    /// A `tick` while anything waits for time, and a `state` now and then.
    private func appendHeartbeat(_ turn: inout Turn) throws(CouncilFault) {
        let state = replay.state
        guard let heartbeat = state.charter?.heartbeat.milliseconds, state.quietUntil != .max,
            turn.entries.isEmpty, turn.t >= state.t + heartbeat
        else { return }
        try turn.append(["v": 1, "kind": "tick", "t": .integer(turn.t)], to: &replay)
    }

    private func commit(_ decided: Turn) throws(CouncilFault) {
        var turn = decided
        guard !turn.entries.isEmpty else { return }
        if replay.state.entries - lastState.entries >= replay.state.stateInterval
            || turn.t - lastState.t >= CouncilLimits.stateEveryMilliseconds
        {
            try turn.append(replay.stateClaim(at: turn.t), to: &replay)
            lastState = (replay.state.entries, turn.t)
        }
        if turn.changesTable { compile() }
        do {
            try journal.append(turn.entries)
        } catch {
            throw .journal(error)
        }
        try publish()
        if turn.changesTable { refreshMirror() }
    }

    /// Compile before commit (law 4): what no gateway could serve is never written.
    private func compile() {
        _ = RouteTable(compiling: replay.state.documents)
    }

    private func publish() throws(CouncilFault) {
        do {
            let keys = try publisher.signers.keys(for: replay.state)
            let isPublic = try publisher.publish(replay.tree, by: keys) { range in
                try JournalReading.octets(of: range, in: journal)
            }
            if isPublic { tellListeners() }
        } catch let error as CouncilFault {
            throw error
        } catch {
            throw .publishing("\(error)")
        }
        // Witnesses are asked by others, in their own time: this turn does not wait for them.
        if let newest = publisher.newest { signing.yield(newest) }
    }

    private func tellListeners() {
        guard let size = publisher.published?.checkpoint.size else { return }
        let publication = Publication(size: size, t: time(ofEntryBefore: size))
        for listener in listeners.values { listener.yield(publication) }
    }

    /// The time of the last entry of a checkpoint, which may be behind the newest.
    private func time(ofEntryBefore size: Int) -> Int64 {
        guard size < replay.tree.size, let row = try? journal.entry(at: size - 1),
            let entry = try? Entry(octets: row.octets)
        else { return replay.state.t }
        return entry.t
    }

    /// The checkpoints that the log's key signs, from the newest on; for one who asks witnesses,
    /// who may miss those in between.
    nonisolated var signedCheckpoints: AsyncStream<SignedCheckpoint> { signings }

    /// The proof that the log continues what a witness has of it.
    ///
    /// - Throws: ``TreeError`` when the log is not that long.
    func consistencyProof(from old: Int, to new: Int) throws(TreeError) -> ConsistencyProof {
        try replay.tree.consistencyProof(from: old, to: new)
    }

    /// Publishes a checkpoint that was signed before, with the cosignatures that were collected.
    ///
    /// - Throws: ``CouncilFault``; the council is then over.
    func release(_ checkpoint: SignedCheckpoint) throws(CouncilFault) {
        if let fault { throw fault }
        do {
            try publisher.release(checkpoint)
            tellListeners()
        } catch {
            let fault = CouncilFault.publishing("\(error)")
            fail(fault)
            throw fault
        }
    }

    /// The mirror is for people's queries; one that is behind is mended by the next restart.
    private func refreshMirror() {
        do {
            try mirror.replaceDocuments(
                DocumentRow.rows(of: replay.state), size: replay.state.entries)
        } catch {
            return
        }
    }

    private func fail(_ error: CouncilFault) {
        fault = error
        for listener in listeners.values { listener.finish() }
        listeners = [:]
        signing.finish()
        for statement in waiting { statement.answer.resume(returning: .failure(.unavailable)) }
        waiting = []
    }

    /// Why the council is over; `nil` while it goes on.
    package var failure: CouncilFault? { fault }
}

/// That the log grew.
package struct Publication: Sendable, Equatable {
    /// Its size now.
    package let size: Int
    /// The time of its last entry.
    package let t: Int64
}
