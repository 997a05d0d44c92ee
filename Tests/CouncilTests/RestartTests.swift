import Council
import Foundation
import Governance
import LogReader
import Routing
import Store
import Synchronization
import TestKit
import Testing
import TransparencyLog

/// A restart derives everything from the journal, and believes nothing that was not signed.
@Suite struct RestartTests {
    private let premises: Premises

    init() throws { premises = try Premises() }

    /// A community with a document in force, stopped.
    private func stopped() async throws -> Standing {
        let (council, store) = try await premises.begun()
        try await premises.enact(council)
        let standing = await Standing(council)
        try store.close()
        return standing
    }

    private func hex(_ octets: [UInt8]) -> String { "x'\(octets.hexadecimal)'" }

    /// The octets of an entry with one of them altered: still canonical JSON.
    private func altered(_ index: Int) throws -> [UInt8] {
        let store = try premises.store()
        var octets = try #require(try store.journal.entry(at: index)).octets
        try store.close()
        let place = try #require(octets.lastIndex { (0x30...0x38).contains($0) })
        octets[place] += 1
        return octets
    }

    private func update(_ assignments: String, _ index: Int) async throws {
        let sql = """
            DROP TRIGGER entries_never_change;
            UPDATE entries SET \(assignments) WHERE "index" = \(index)
            """
        try #require(try await premises.edit(sql) == .exited(0))
    }

    @Test func `a restart equals what ran live`() async throws {
        let live = try await stopped()
        let (council, store) = try await premises.open()
        #expect(await Standing(council) == live)
        #expect(try store.mirror.mirroredSize() == live.size)
        try await premises.enact(council, "annex")
        #expect(await Standing(council).size > live.size)
    }

    @Test(arguments: [0, 2, 5, 9])
    func `an entry whose octets were edited is named`(index: Int) async throws {
        _ = try await stopped()
        let octets = try altered(index)
        try await update("octets = \(hex(octets))", index)
        guard case .leafMismatch(index)? = try await premises.refusal() else {
            Issue.record("the edit was not named")
            return
        }
    }

    @Test(arguments: [0, 2, 5, 9])
    func `an entry edited with its leaf hash is named too`(index: Int) async throws {
        let live = try await stopped()
        let octets = try altered(index)
        let leaf = Digest.leaf(octets)
        try await update("octets = \(hex(octets)), leaf = \(hex(leaf.octets))", index)
        guard case .rootMismatch(live.size, index)? = try await premises.refusal() else {
            Issue.record("the edit was not named")
            return
        }
    }

    /// The whole database is replaced by a consistent one: another history under the same key.
    @Test func `another history in the database is refused at its first entry`() async throws {
        let live = try await stopped()
        let other = try Premises()
        other.clock.goOn(by: 60_000)
        let (council, store) = try await other.begun()
        try await other.enact(council, "annex")
        try await other.enact(council, "bureau")
        try store.close()
        try FileManager.default.removeItem(atPath: premises.scratch.path("store"))
        try FileManager.default.copyItem(
            atPath: other.scratch.path("store"), toPath: premises.scratch.path("store"))
        guard case .rootMismatch(live.size, 0)? = try await premises.refusal() else {
            Issue.record("the other history was taken")
            return
        }
    }

    @Test func `a journal set back to an older copy is refused`() async throws {
        try await premises.found()
        try FileManager.default.copyItem(
            atPath: premises.journalFile, toPath: premises.scratch.path("older"))
        let (council, store) = try await premises.open()
        _ = try await premises.join(1, council)
        try store.close()
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: premises.journalFile + suffix)
        }
        try FileManager.default.copyItem(
            atPath: premises.scratch.path("older"), toPath: premises.journalFile)
        guard case .entriesLost(signed: 5, found: 3)? = try await premises.refusal() else {
            Issue.record("the older copy was taken")
            return
        }
    }

    @Test func `last-signed with another root is refused`() async throws {
        let live = try await stopped()
        let other = Checkpoint(
            origin: premises.signer.verifier.name, size: live.size, root: Digest.leaf([1]))
        try Data(other.text.utf8).write(to: premises.lastSigned)
        guard case .rootMismatch(live.size, _)? = try await premises.refusal() else {
            Issue.record("the other root was taken")
            return
        }
    }

    @Test func `last-signed with more entries than there are is refused`() async throws {
        let live = try await stopped()
        let other = Checkpoint(
            origin: premises.signer.verifier.name, size: live.size + 1, root: live.root)
        try Data(other.text.utf8).write(to: premises.lastSigned)
        guard case .entriesLost? = try await premises.refusal() else {
            Issue.record("the lost entry was not missed")
            return
        }
    }

    @Test func `last-signed that moves under a running council ends it`() async throws {
        let (council, _) = try await premises.begun()
        let moved = Checkpoint(
            origin: premises.signer.verifier.name, size: 99, root: Digest.leaf([1]))
        try Data(moved.text.utf8).write(to: premises.lastSigned)
        let check = try premises.proposal()
        await #expect(throws: SubmissionError.self) { try await council.submit(check) }
        guard case .lastSignedMoved(expected: 7, found: 99)? = await council.failure else {
            Issue.record("\(String(describing: await council.failure))")
            return
        }
        // Nothing was signed over it: the published checkpoint is the one before.
        let octets = try Data(contentsOf: premises.log.checkpointFile)
        let published = try SignedCheckpoint(octets: Array(octets), key: premises.signer.verifier)
        #expect(published.checkpoint.size == 7)
    }

    @Test func `an edited mirror changes nothing and is repaired`() async throws {
        let live = try await stopped()
        let sql = "UPDATE documents SET json = '{}', digest = 'x' WHERE name = 'catalogue'"
        let result = try await CommandResult.of(
            "sqlite3", ["-batch", premises.scratch.path("store/mirror.sqlite"), sql])
        try #require(result.ending == .exited(0))
        let (council, store) = try await premises.open()
        #expect(await Standing(council) == live)
        let row = try #require(try store.mirror.documents().first)
        #expect(row.json.contains("127.0.0.1"))
        #expect(row.digest == ContentDigest(of: Array(row.json.utf8)))
    }

    @Test func `a commit that fell silent is found again after the restart`() async throws {
        let (first, before) = try await premises.begun()
        let published = await Standing(first).published
        try before.close()
        let silent = Mutex<SilentJournal?>(nil)
        let (council, store) = try await premises.open { real in
            let journal = SilentJournal(real)
            silent.withLock { $0 = journal }
            return journal
        }
        try #require(silent.withLock { $0 }).fallSilent()
        let check = try premises.proposal()
        await #expect(throws: SubmissionError.self) { try await council.submit(check) }
        let other = try premises.proposal(nonce: String(repeating: "1", count: 16))
        await #expect(throws: SubmissionError.self) { try await council.submit(other) }
        #expect(await council.failure != nil)
        try store.close()
        try await expectContinued(check, from: published, size: 8)
    }

    @Test func `what was committed and not published is published by the restart`() async throws {
        let (council, store) = try await premises.begun()
        let published = await Standing(council).published
        let tiles = premises.log.folder.appendingPathComponent("tile")
        let aside = premises.scratch.url.appendingPathComponent("aside")
        try FileManager.default.moveItem(at: tiles, to: aside)
        try Data().write(to: tiles)
        let check = try premises.proposal()
        await #expect(throws: SubmissionError.self) { try await council.submit(check) }
        guard case .publishing? = await council.failure else {
            Issue.record("\(String(describing: await council.failure))")
            return
        }
        try store.close()
        try FileManager.default.removeItem(at: tiles)
        try FileManager.default.moveItem(at: aside, to: tiles)
        try await expectContinued(check, from: published, size: 8)
    }

    /// After a restart the statement is there, once, under a checkpoint that continues the old one.
    private func expectContinued(
        _ check: SignatureCheck, from published: Checkpoint?, size: Int
    ) async throws {
        let (council, _) = try await premises.open()
        let again = try await council.submit(check)
        #expect(again.wasThere)
        let standing = await Standing(council)
        #expect(standing.published?.size == size)
        let old = try #require(published)
        let root = try await council.read { try $0.tree.root(atSize: old.size) }
        #expect(root == old.root)
        let card = council.card
        #expect(try await premises.audited(card)?.digest == standing.state)
    }

    @Test func `nothing starts where nothing was founded, and nothing is founded twice`()
        async throws
    {
        guard case .notFounded? = try await premises.refusal() else {
            Issue.record("a council started on nothing")
            return
        }
        try await premises.found()
        await #expect(throws: CouncilFault.self) { try await premises.found() }
    }
}
