import CanonicalJSON
import Council
import Governance
import LogReader
import Routing
import Store
import Synchronization
import TestKit
import Testing
import TransparencyLog

@Suite struct SubmissionTests {
    private let premises: Premises

    init() throws { premises = try Premises() }

    @Test func `a statement that is answered is durable, public and acknowledged`() async throws {
        let card = try await premises.found()
        let (council, store) = try await premises.open()
        let logged = try await premises.join(1, council)
        #expect(logged.index == 3)
        #expect(!logged.wasThere)
        #expect(try store.journal.entryIndex(ofStatement: Replay.content(logged.hash)) == 3)
        let promise = try Acknowledgement(
            octets: logged.acknowledgement.octets, key: premises.signer.verifier)
        #expect(promise.statement == logged.hash)
        #expect(promise.time == Int(premises.clock.now))
        let state = try await premises.audited(card)
        let standing = await Standing(council)
        #expect(state?.digest == standing.state)
        // The founding's three, the statement, and the first state entry.
        #expect(standing.published?.size == 5)
        #expect(state?.member(1)?.joined == premises.clock.now)
    }

    @Test func `the same statement again gets the same answer and no entry`() async throws {
        let (council, store) = try await premises.begun()
        let check = try premises.proposal()
        let first = try await council.submit(check)
        let count = try store.journal.count()
        premises.clock.goOn(by: 500)
        let second = try await council.submit(check)
        #expect(second.wasThere)
        #expect(second.acknowledgement == first.acknowledgement)
        #expect([second.index, second.proposal] == [first.index, 1])
        #expect(try store.journal.count() == count)
        // When it has long expired, too, what is in the log is in the log.
        premises.clock.goOn(by: 3_600_000)
        #expect(try await council.submit(check).acknowledgement == first.acknowledgement)
    }

    @Test func `the same statement many times at once is one entry`() async throws {
        let (council, store) = try await premises.begun()
        let check = try premises.proposal()
        let count = try store.journal.count()
        let answers = try await withThrowingTaskGroup(of: Logged.self) { group in
            for _ in 1...20 { group.addTask { try await council.submit(check) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers.map(\.acknowledgement)).count == 1)
        #expect(answers.count { !$0.wasThere } == 1)
        #expect(try store.journal.count() == count + 1)
    }

    @Test func `a statement that breaks a rule is refused by its name and leaves no trace`()
        async throws
    {
        let (council, store) = try await premises.begun()
        let before = await Standing(council)
        let count = try store.journal.count()
        let wrong = try [
            (
                premises.signed("join", by: 1, ["digest": .string(before.root.hex)]),
                "already-joined"
            ),
            (
                premises.signed(
                    "sponsor", by: 1, ["proposal": 7, "payload": .string(before.root.hex)]),
                "unknown-proposal"
            ),
            (
                premises.signed(
                    "propose", by: 1,
                    [
                        "operations": [
                            ["op": "delete", "kind": "Backend", "name": "none"]
                        ]
                    ]), "plan-refused"
            ),
            (
                premises.signed(
                    "propose", by: 1,
                    [
                        "operations": [
                            ["op": "delete", "kind": "Backend", "name": "none"]
                        ], "until": 7,
                    ]), "expired"
            ),
        ]
        for (check, code) in wrong {
            let error = await #expect(throws: SubmissionError.self) {
                try await council.submit(check)
            }
            guard case .refused(let refusal) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(refusal.code.rawValue == code)
        }
        #expect(await Standing(council) == before)
        #expect(try store.journal.count() == count)
    }

    @Test func `statements that wait together are one append`() async throws {
        let premises = try Premises(founders: 40)
        try await premises.found()
        let counting = Mutex<CountingJournal?>(nil)
        let (council, store) = try await premises.open { real in
            let journal = CountingJournal(real)
            counting.withLock { $0 = journal }
            return journal
        }
        let journal = try #require(counting.withLock { $0 })
        journal.hold()
        let started = Started()
        try await withThrowingTaskGroup(of: Logged.self) { group in
            let digest = await council.read { $0.state.constitution?.digest }
            for number in 1...40 {
                let check = try premises.signed(
                    "join", by: number, ["digest": .string(digest?.hex ?? "")])
                group.addTask {
                    started.count.add(1, ordering: .sequentiallyConsistent)
                    return try await council.submit(check)
                }
            }
            group.addTask {
                while started.count.load(ordering: .sequentiallyConsistent) < 40 {
                    await Task.yield()
                }
                journal.release()
                return try await premises.join(1, council)
            }
            for try await _ in group {}
        }
        // The statements and the first state entry.
        #expect(journal.appends.reduce(0, +) == 41)
        #expect(journal.appends.count <= 6)
        #expect(try store.journal.count() == 44)
    }

    private final class Started: Sendable {
        let count = Atomic<Int>(0)
    }

    @Test func `the whole way is in force for whoever reads the published files`() async throws {
        let card = try await premises.found()
        let (council, store) = try await premises.open()
        for number in 1...3 { _ = try await premises.join(number, council) }
        try await premises.enact(council)
        let state = try await premises.audited(card)
        #expect(state?.proposal(1)?.status == .enacted)
        let standing = await Standing(council)
        #expect(state?.digest == standing.state)
        let rows = try store.mirror.documents()
        #expect(rows.map(\.name) == ["catalogue"])
        #expect(try store.mirror.mirroredSize() == standing.size)
    }
}
