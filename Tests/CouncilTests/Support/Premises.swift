import CanonicalJSON
import Council
import Foundation
import Governance
import LogReader
import Routing
import SSHSignature
import Store
import Synchronization
import TestKit
import TransparencyLog

/// A clock that goes on when a test says so.
final class SettableClock: Sendable {
    private let time = Mutex<Int64>(1_767_225_600_000)

    /// Milliseconds since 1970.
    var now: Int64 { time.withLock { $0 } }

    func goOn(by milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}

/// The data folder of a community in which every founder has a key, on real storage.
final class Premises: Sendable {
    let scratch: TemporaryFolder
    let clock = SettableClock()
    let signer: SignerKey
    /// The founders' keys, by number from 1.
    let keys: [PrivateKey]
    /// Whose cosignatures the card asks for.
    let witnesses: WitnessPolicy

    init(founders: Int = 3, witnesses: WitnessPolicy = .none) throws {
        self.witnesses = witnesses
        scratch = try TemporaryFolder()
        signer = try SignerKey(name: "council.example/log", seed: [UInt8](repeating: 9, count: 32))
        keys = try (1...founders).map {
            try PrivateKey(seed: [UInt8](repeating: UInt8($0), count: PrivateKey.seedOctets))
        }
    }

    var log: LogFolder { LogFolder(scratch.url.appendingPathComponent("log")) }
    var lastSigned: URL { scratch.url.appendingPathComponent("last-signed") }
    var journalFile: String { scratch.path("store/journal.sqlite") }

    func store() throws -> Store { try Store(path: scratch.path("store")) }

    func publisher() throws -> Publisher {
        try Publisher(
            log: log, lastSigned: LastSigned(lastSigned), signers: LogSigners(pinned: signer),
            witnesses: witnesses)
    }

    /// Writes the founding.
    @discardableResult
    func found() async throws -> CommunityCard {
        let founders = keys.enumerated().map {
            Founder(
                number: $0.offset + 1, key: $0.element.publicKey,
                handle: ContentDigest(of: [UInt8($0.offset)]))
        }
        let store = try store()
        let card = try await Founding(charter: Charter.demonstration, founders: founders).write(
            to: store.journal, publisher: try publisher(), now: clock.now)
        try store.close()
        return card
    }

    /// Starts a council.
    ///
    /// - Parameter wrap: What stands between the council and the real journal.
    func open(
        wrap: (SQLiteJournal) -> any Journal = { $0 }
    ) async throws -> (council: Council, store: Store) {
        let store = try store()
        do {
            let clock = clock
            let council = try await Council.start(
                journal: wrap(store.journal), mirror: store.mirror, publisher: try publisher(),
                clock: { clock.now })
            return (council, store)
        } catch {
            try store.close()
            throw error
        }
    }

    /// Why a council does not start.
    func refusal() async throws -> CouncilFault? {
        do {
            let (_, store) = try await open()
            try store.close()
            return nil
        } catch let fault as CouncilFault {
            return fault
        }
    }

    /// What follows from the published files, read as anybody would.
    func audited(_ card: CommunityCard) async throws -> State? {
        var follower = try LogFollower(card: card, source: FolderSource(folder: log.folder))
        _ = try await follower.follow(now: clock.now)
        return follower.state
    }

    /// Runs SQL on the journal with a SQLite shell.
    func edit(_ sql: String) async throws -> TestKit.Ending {
        try await CommandResult.of("sqlite3", ["-batch", journalFile, sql]).ending
    }
}

/// How a council stands, to compare.
struct Standing: Equatable {
    let state: ContentDigest
    let table: ContentDigest
    let size: Int
    let root: Digest
    let published: Checkpoint?

    init(_ council: Council) async {
        self = await council.read { Standing($0) }
    }

    private init(_ view: CouncilView) {
        state = view.state.digest
        table = view.state.documents.tableDigest
        size = view.tree.size
        root = view.tree.root
        published = view.checkpoint?.checkpoint
    }
}
