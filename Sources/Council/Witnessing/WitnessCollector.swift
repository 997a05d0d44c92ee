import LogReader
package import TransparencyLog

/// Asks witnesses to cosign what the council signs, and publishes it when enough have.
///
/// Beside the council, never within its turn: a statement is durable and acknowledged whatever
/// witnesses do. All are asked at once, for the newest checkpoint; the next is asked for when this
/// one was published, or everybody answered. A slow witness is waited for only while too few others
/// have answered, and is then asked for what is newest.
package actor WitnessCollector {
    private let council: Council
    private let policy: WitnessPolicy
    private let clients: [any WitnessClient]
    private let logKeys: [VerifierKey]
    private let clock: any Clock<Duration>
    private let tell: @Sendable (String) -> Void
    private var newest: SignedCheckpoint?
    private var round: WitnessRound?
    private var sizes: [Int]
    /// How each witness answers, in the order in which they were named.
    package private(set) var standings: [WitnessStanding]
    private let wakes: [AsyncStream<Void>]
    private let wake: [AsyncStream<Void>.Continuation]
    private let timers: AsyncStream<Timer>
    private let timer: AsyncStream<Timer>.Continuation
    private var failure: CouncilFault?

    /// Something to do later with the round of a checkpoint, unless another one is on by then.
    private struct Timer: Sendable {
        enum Purpose { case patience, retry }
        let purpose: Purpose
        let checkpoint: Checkpoint
        let after: Duration
    }

    /// Puts it together; nobody is asked yet.
    ///
    /// - Parameters:
    ///   - clients: The witnesses, in any order; which keys they have shows in what they answer.
    ///   - clock: What times pauses.
    ///   - tell: Told of every new trouble with a witness, and when it is over.
    package init(
        council: Council, clients: [any WitnessClient], clock: some Clock<Duration>,
        tell: @escaping @Sendable (String) -> Void
    ) {
        self.council = council
        policy = council.card.witnesses
        self.clients = clients
        logKeys = council.logKeys
        self.clock = clock
        self.tell = tell
        sizes = Array(repeating: 0, count: clients.count)
        standings = clients.map { WitnessStanding(address: $0.address) }
        let streams = clients.map { _ in
            AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        }
        wakes = streams.map(\.stream)
        wake = streams.map(\.continuation)
        (timers, timer) = AsyncStream.makeStream(of: Timer.self)
    }

    /// Asks until the task is cancelled or the council is over.
    ///
    /// - Throws: ``CouncilFault`` when a checkpoint could not be published.
    package func run() async throws(CouncilFault) {
        // Without a policy everything is published when it is signed.
        guard !policy.isEmpty else { return }
        await withDiscardingTaskGroup { group in
            for place in clients.indices { group.addTask { await self.serve(place) } }
            group.addTask { await self.keepTime() }
            for await signed in council.signedCheckpoints { await take(signed) }
            for continuation in wake { continuation.finish() }
            timer.finish()
            group.cancelAll()
        }
        if let failure { throw failure }
    }

    /// How many cosignatures the checkpoint in progress has, and which it is.
    package var progress: (checkpoint: SignedCheckpoint, cosigned: Int)? {
        round.map { ($0.cosigned(keeping: logKeys), $0.cosignatures.count) }
    }

    private func take(_ signed: SignedCheckpoint) async {
        newest = signed
        guard let round, !round.isReleased else { return await begin(signed) }
        // One that everybody answered waits for its next attempt; the newer one needs no pause.
        if round.open.isEmpty { await begin(signed) }
    }

    private func begin(_ signed: SignedCheckpoint) async {
        if let round, round.checkpoint.checkpoint == signed.checkpoint { return }
        round = WitnessRound(signed, policy: policy, clients: clients.count)
        if policy.tooFew == .serve {
            schedule(.patience, after: .milliseconds(WitnessLimits.patienceMilliseconds))
        }
        if clients.isEmpty { return await settle() }
        for continuation in wake { continuation.yield() }
    }

    /// One witness's own loop: one request at a time, for the round that is on.
    private func serve(_ place: Int) async {
        for await _ in wakes[place] {
            while let checkpoint = wanted(from: place), !Task.isCancelled {
                let found = await ask(place, for: checkpoint)
                await note(found, on: checkpoint, from: place)
            }
        }
    }

    private func wanted(from place: Int) -> SignedCheckpoint? {
        guard let round, round.open.contains(place) else { return nil }
        return round.checkpoint
    }

    private func ask(_ place: Int, for checkpoint: SignedCheckpoint) async -> [Cosignature] {
        let size = checkpoint.checkpoint.size
        for _ in 0..<WitnessLimits.attemptsMax {
            let old = sizes[place]
            guard old <= size else {
                complain(
                    "it has cosigned \(old) entries of this log, more than this council has: was "
                        + "the council set back?", of: place)
                // It may be asked of a larger log next time.
                sizes[place] = 0
                return []
            }
            let body: [UInt8]
            do {
                let proof = try await council.consistencyProof(from: old, to: size)
                body = AddCheckpointRequest(proof: proof, checkpoint: checkpoint).octets
            } catch {
                complain("no proof can be made: \(error)", of: place)
                return []
            }
            switch await clients[place].add(body) {
            case .lines(let lines): return read(lines, on: checkpoint, from: place)
            case .conflict(let known):
                guard known != old else {
                    complain("it names the size \(known) that it was just sent", of: place)
                    return []
                }
                sizes[place] = known
            case .refused(let status, let words):
                complain("it answers \(status): \(words)", of: place)
                return []
            case .unreachable(let words):
                complain(words, of: place)
                return []
            }
        }
        complain("it names another size at every request", of: place)
        return []
    }

    /// Verifies what a witness sent; lines by strangers are left alone, bad ones by the community's
    /// witnesses spoil the answer.
    private func read(
        _ octets: [UInt8], on checkpoint: SignedCheckpoint, from place: Int
    ) -> [Cosignature] {
        let found: [Cosignature]
        do throws(NoteError) {
            let lines = try NoteSignature.lines(octets)
            found = try checkpoint.cosigned(keeping: logKeys, lines).note
                .cosignatures(by: policy.keys)
        } catch {
            complain("its cosignature is refused: \(error)", of: place)
            return []
        }
        guard let own = found.first else {
            complain("it cosigned with a key that the community card does not name", of: place)
            return []
        }
        sizes[place] = checkpoint.checkpoint.size
        if standings[place].trouble != nil {
            tell("the witness at \(standings[place].address) cosigns again")
        }
        standings[place].key = own.key
        standings[place].size = checkpoint.checkpoint.size
        standings[place].time = own.time
        standings[place].trouble = nil
        return found
    }

    private func note(
        _ found: [Cosignature], on checkpoint: SignedCheckpoint, from place: Int
    ) async {
        guard round?.checkpoint.checkpoint == checkpoint.checkpoint else { return }
        let hasMore = round?.note(found, from: place) ?? false
        if hasMore, round?.isMet == true || round?.isReleased == true {
            await release()
        } else {
            await settle()
        }
    }

    /// After an answer that did not decide: everybody has answered, and too few cosigned.
    private func settle() async {
        guard let round, round.hasFailed else { return }
        if policy.tooFew == .serve && !round.isReleased { await release() }
        guard self.round?.checkpoint.checkpoint == round.checkpoint.checkpoint else { return }
        if let newest, newest.checkpoint != round.checkpoint.checkpoint {
            return await begin(newest)
        }
        let doublings = min(round.attempt, 8)
        schedule(
            .retry,
            after: .milliseconds(
                min(
                    WitnessLimits.pauseMilliseconds << doublings,
                    WitnessLimits.pauseMillisecondsMax)))
    }

    private func release() async {
        guard let cosigned = round?.cosigned(keeping: logKeys) else { return }
        round?.isReleased = true
        do {
            try await council.release(cosigned)
        } catch {
            failure = error
            return
        }
        guard let newest, let round, round.isReleased,
            newest.checkpoint != round.checkpoint.checkpoint
        else { return }
        await begin(newest)
    }

    private func schedule(_ purpose: Timer.Purpose, after: Duration) {
        guard let checkpoint = round?.checkpoint.checkpoint else { return }
        timer.yield(Timer(purpose: purpose, checkpoint: checkpoint, after: after))
    }

    private func keepTime() async {
        await withDiscardingTaskGroup { group in
            for await timer in timers {
                group.addTask { await self.wait(for: timer) }
            }
        }
    }

    private func wait(for timer: Timer) async {
        do { try await clock.sleep(for: timer.after) } catch { return }
        guard let round, round.checkpoint.checkpoint == timer.checkpoint else { return }
        switch timer.purpose {
        case .patience:
            if !round.isReleased { await release() }
        case .retry:
            guard round.open.isEmpty, !round.isMet else { return }
            self.round?.again()
            for continuation in wake { continuation.yield() }
        }
    }

    /// Says each trouble once, however often it comes.
    private func complain(_ words: String, of place: Int) {
        let words = String(words.prefix(WitnessLimits.wordsMax))
        guard standings[place].trouble != words else { return }
        standings[place].trouble = words
        tell("the witness at \(standings[place].address) does not cosign: \(words)")
    }
}
