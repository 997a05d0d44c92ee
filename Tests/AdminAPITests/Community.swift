import AsyncHTTPClient
import CanonicalJSON
import Council
import Foundation
import Governance
import LogReader
import Logging
import NIOCore
import Routing
import SSHSignature
import ServiceLifecycle
import Store
import Synchronization
import TestKit
import TransparencyLog

@testable import AdminAPI

/// A community of three founders, founded in a folder of its own, whose council answers on a real
/// socket; its time stands still until a test moves it on.
struct Community: Sendable {
    static let handles = ["ana", "ben", "cleo"]
    static let password = "correct horse battery staple"
    static let origin = "gw.example.org/log"

    let council: Council
    let credentials: any Credentials
    let records: any PersonalRecords
    let keys: [PrivateKey]
    let clock: StoppedClock
    let port: Int
    let group: ServiceGroup

    /// Each has some fifteen descriptors, and a browser beside it many more.
    private static let gate = Gate(width: 24)

    /// Serves a new community while `body` runs.
    static func serving<Answer: Sendable>(
        hosts: [String] = [], isBehindTLS: Bool = false, heartbeat: Duration = .seconds(15),
        traffic: RecordedTraffic = RecordedTraffic(gateways: 0),
        _ body: @Sendable @escaping (Community) async throws -> Answer
    ) async throws -> Answer {
        try await gate.pass {
            try await serve(hosts, isBehindTLS, heartbeat, traffic, body)
        }
    }

    private static func serve<Answer: Sendable>(
        _ hosts: [String], _ isBehindTLS: Bool, _ heartbeat: Duration, _ traffic: RecordedTraffic,
        _ body: @Sendable @escaping (Community) async throws -> Answer
    ) async throws -> Answer {
        let folder = try TemporaryFolder()
        let founded = try await Founded(in: folder)
        let (ports, bound) = AsyncStream<Int>.makeStream()
        let pages = Checkout.root.appendingPathComponent("web-static").path
        let server = try AdminServer(
            configuration: AdminConfiguration(
                address: "127.0.0.1", port: 0, logFolder: folder.path("log"), pagesFolder: pages,
                isBehindTLS: isBehindTLS, hosts: hosts, heartbeat: heartbeat, clock: .continuous),
            council: founded.council, credentials: founded.store.credentials,
            records: founded.store.records, traffic: traffic, now: founded.clock.now,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onBound: { bound.yield($0) })
        let services = ServiceGroup(
            services: [server], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Answer?.self) { group in
            group.addTask {
                try await services.run()
                return nil
            }
            group.addTask {
                for await port in ports {
                    return try await body(
                        Community(
                            council: founded.council, credentials: founded.store.credentials,
                            records: founded.store.records, keys: founded.keys,
                            clock: founded.clock, port: port, group: services))
                }
                return nil
            }
            defer { group.cancelAll() }
            while let finished = try await group.next() {
                if let answer = finished { return answer }
            }
            throw CancellationError()
        }
    }
}

/// A clock that a test moves.
final class StoppedClock: Sendable {
    private let instant = Mutex<Int64>(1_800_000_000_000)

    var now: @Sendable () -> Int64 { { self.instant.withLock { $0 } } }

    func advance(milliseconds: Int64) {
        instant.withLock { $0 += milliseconds }
    }
}

/// The parts of a community before it is served.
private struct Founded {
    let council: Council
    let store: Store
    let keys: [PrivateKey]
    let clock = StoppedClock()

    init(in folder: TemporaryFolder) async throws {
        let cost = try Argon2Cost(memoryKibibytes: 19_456, passes: 2, lanes: 1)
        store = try Store(path: folder.path("store"), hashing: HashingConfiguration(cost: cost))
        keys = try (1...3).map { try PrivateKey(seed: Array(repeating: UInt8($0), count: 32)) }
        var founders: [Founder] = []
        for (index, handle) in Community.handles.enumerated() {
            let salt = Array(repeating: UInt8(index), count: 32)
            try await store.records.putHandle(member: index + 1, handle: handle, salt: salt)
            founders.append(
                Founder(
                    number: index + 1, key: keys[index].publicKey,
                    handle: ContentDigest(
                        of: Array("commonway handle".utf8) + salt + Array(handle.utf8))))
        }
        try FileManager.default.createDirectory(
            atPath: folder.path("log"), withIntermediateDirectories: true)
        _ = try await Founding(charter: Self.charter, founders: founders).write(
            to: store.journal, publisher: try Self.publisher(in: folder), now: clock.now())
        council = try await Council.start(
            journal: store.journal, mirror: store.mirror,
            publisher: try Self.publisher(in: folder), clock: clock.now)
    }

    /// Opened anew each time: it remembers what it published.
    private static func publisher(in folder: TemporaryFolder) throws -> Publisher {
        try Publisher(
            log: LogFolder(folder.url.appendingPathComponent("log")),
            lastSigned: LastSigned(folder.url.appendingPathComponent("last-signed")),
            signers: LogSigners(
                pinned: SignerKey(
                    name: Community.origin, seed: Array(repeating: 9, count: 32))))
    }

    private static var charter: JSONValue {
        func rules(_ quorum: String, _ margin: Int64) -> JSONValue {
            [
                "quorum": .string(quorum), "margin": .integer(margin), "discussion": "1s",
                "voting": "10s", "delay": "1s", "applyBy": "10s",
            ]
        }
        return [
            "charter": 1, "demo": true, "electorate": "all", "tenure": "0s", "heartbeat": "10m",
            "classes": [
                "routine": rules("3/2", 1), "sensitive": rules("5/2", 2),
                "constitutional": rules("4/1", 3),
            ],
            "sponsors": ["multiplier": "1/2", "max": 25], "lateSwing": "1/4",
            "revert": ["within": "14d"], "expulsion": ["reply": "72h"],
            "keepers": ["undoLeast": 2, "undoMultiplier": "1/2"],
            "emergency": [
                "term": "180d", "alone": "12h", "confirmed": "14d", "suspended": "90d", "least": 2,
                "share": "1/10", "most": 5, "signatures": 2, "period": "30d", "restorable": "90d",
            ],
            "admission": [
                "batch": 50, "sponsors": 2, "period": "30d", "least": 5, "small": "1/2",
                "smallBelow": 50, "large": "1/5",
            ],
            "limits": [
                "votingPerMember": 5, "discussionPerMember": 5, "openVotes": 20,
                "statementsPerDay": 100, "ballotsPerElector": 10, "remarksPerMember": 3,
                "rejectedReturns": "30d",
                "discussionExpires": "30d", "statementValidity": "7d",
            ],
        ]
    }
}
