import CanonicalJSON
import Foundation
import TestKit
import Testing
import TransparencyLog

/// `commonway rebuild`, `backup` and `restore`: a machine that is lost costs no statement, and no
/// way back makes a second history.
@Suite struct KeepingTests {
    private func run(_ arguments: String...) async throws -> CommandResult {
        try await CommandResult.of(try Checkout.program(), arguments)
    }

    /// A community with a route in force, and its council.
    private struct Scene {
        let community: Community
        var council: Served
        var citizens: [Citizen]

        init() async throws {
            community = try await Community(charter: BallotTests.slowCharter)
            council = try await Served.council(of: community)
            citizens = try await Citizen.joinAll(community, at: council.address)
            _ = try await citizens.enact(Samples.library(port: 9))
        }

        /// The published log as it is now, copied.
        func copyLog(_ name: String) throws -> String {
            try FileManager.default.copyItem(
                atPath: community.log.path, toPath: community.path(name))
            return community.path(name)
        }

        func removeJournal() throws {
            for suffix in ["", "-wal", "-shm"] {
                let file = community.journal + suffix
                guard FileManager.default.fileExists(atPath: file) else { continue }
                try FileManager.default.removeItem(atPath: file)
            }
        }
    }

    /// Takes a community up where it was: by password, with another enactment, in the same log.
    private func goOn(
        _ scene: Scene, in data: URL, after copy: String, route: String
    ) async throws {
        let council = try await Served.council(in: data)
        var citizens: [Citizen] = []
        for citizen in scene.citizens {
            let session = try await APIClient(council.address).call(
                "POST", "/sessions",
                [
                    "handle": .string(scene.community.names[citizen.number - 1]),
                    "password": .string(Community.password),
                ])
            let token = try #require(session.json["token"]?.string, "\(session.json)")
            citizens.append(
                Citizen(
                    community: scene.community, number: citizen.number,
                    api: APIClient(council.address, token: token)))
        }
        _ = try await citizens.enact([Samples.backend(route, port: 9)])
        let members = try await citizens[0].api.call("GET", "/members")
        #expect(members.json["items"]?.array?.compactMap { $0["handle"] }.count == 3)
        try await council.stop()
        let audit = try await run(
            "audit", "verify", "--log", data.appendingPathComponent("log").path, "--community",
            data.appendingPathComponent("community.json").path, "--compare", copy)
        #expect(audit.ending == .exited(0), "\(audit.errorText)")
        #expect(audit.outputText.contains("documents  3 in force"))
    }

    @Test func `a journal that is gone is made anew from the tiles, and the log goes on`()
        async throws
    {
        let scene = try await Scene()
        let early = try await run("rebuild", "--data", scene.community.data.path)
        #expect(early.ending == .exited(1))
        #expect(early.errorText.contains("in use"))
        try await scene.council.kill()
        try scene.removeJournal()
        let copy = try scene.copyLog("copy")
        let refused = try await run(
            "council", "--data", scene.community.data.path, "--council", "127.0.0.1:0")
        #expect(refused.ending == .exited(1))
        #expect(refused.errorText.contains("next: commonway rebuild --data"))
        let rebuilt = try await run("rebuild", "--data", scene.community.data.path, "--json")
        #expect(rebuilt.ending == .exited(0), "\(rebuilt.errorText)")
        try await goOn(scene, in: scene.community.data, after: copy, route: "shelf")
    }

    @Test func `an edited journal is kept aside, and an interrupted rebuild is begun anew`()
        async throws
    {
        let scene = try await Scene()
        try await scene.council.stop()
        let copy = try scene.copyLog("copy")
        let edited = try await CommandResult.of(
            "sqlite3",
            [
                scene.community.journal,
                "DROP TRIGGER entries_never_change; UPDATE entries SET octets = x'7b7d' "
                    + "WHERE \"index\" = 4",
            ])
        #expect(edited.ending == .exited(0), "\(edited.errorText)")
        let store = scene.community.data.appendingPathComponent("council/store")
        try Data("not a database".utf8).write(
            to: store.appendingPathComponent("journal-rebuilding.sqlite"))
        let rebuilt = try await run("rebuild", "--data", scene.community.data.path)
        #expect(rebuilt.ending == .exited(0), "\(rebuilt.errorText)")
        let names = try FileManager.default.contentsOfDirectory(atPath: store.path)
        #expect(names.count { $0.hasPrefix("journal-before-") && $0.hasSuffix(".sqlite") } == 1)
        #expect(!names.contains { $0.hasPrefix("journal-rebuilding") })
        try await goOn(scene, in: scene.community.data, after: copy, route: "shelf")
    }

    @Test func `a copy of the log behind what was signed is refused, and nothing is changed`()
        async throws
    {
        let scene = try await Scene()
        let behind = try scene.copyLog("behind")
        _ = try await scene.citizens.enact([Samples.backend("shelf", port: 9)])
        try await scene.council.stop()
        let refused = try await run(
            "rebuild", "--data", scene.community.data.path, "--log", behind)
        #expect(refused.ending == .exited(1))
        #expect(refused.errorText.contains("a second history"), "\(refused.errorText)")
        let council = try await Served.council(of: scene.community)
        try await council.stop()
        let altered = try scene.copyLog("altered")
        try Data("{}".utf8).write(to: URL(fileURLWithPath: altered + "/checkpoint"))
        let other = try await run(
            "rebuild", "--data", scene.community.data.path, "--log", altered)
        #expect(other.ending == .exited(1))
    }

    @Test func `what was put to the key and not published is taken from the tiles, or refused`()
        async throws
    {
        let stage = try await TortureStage()
        let crashed = stage.community.folder.url.appendingPathComponent("crashed")
        let step = FailPoint.Step(call: "rename", place: "/log/")
        let point = FailPoint(step: step, number: 1, mode: .before)
        let crash = try await TortureTrial(stage: stage, point: point).run(keeping: crashed)
        try #require(crash.hit == step)
        let file = crashed.appendingPathComponent("council/last-signed")
        let signed = try Checkpoint(text: String(contentsOf: file, encoding: .utf8))
        let published = try Checkpoint(
            text: SignedNote(
                octets: Array(Data(contentsOf: crashed.appendingPathComponent("log/checkpoint")))
            ).text)
        try #require(signed.size > published.size)
        let journal = crashed.appendingPathComponent("council/store/journal.sqlite").path
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: journal + suffix)
        }
        let without = stage.community.path("without")
        try FileManager.default.copyItem(atPath: crashed.path, toPath: without)
        let rebuilt = try await run("rebuild", "--data", crashed.path, "--json")
        #expect(rebuilt.ending == .exited(0), "\(rebuilt.errorText)")
        #expect(rebuilt.outputText.contains("\"size\":\(signed.size)"))
        let council = try await Served.council(in: crashed)
        let head = try await APIClient(council.address).call("GET", "/checkpoint")
        #expect(head.json["root"]?.string == signed.root.hex)
        try await council.stop()
        try FileManager.default.removeItem(atPath: "\(without)/log/tile/0/000.p/\(signed.size)")
        let refused = try await run("rebuild", "--data", without)
        #expect(refused.ending == .exited(1))
        #expect(refused.errorText.contains("a second history"), "\(refused.errorText)")
    }

    @Test func `a backup of a running council is restored beside the log, and catches up with it`()
        async throws
    {
        let scene = try await Scene()
        let backup = scene.community.path("backup")
        let vote = try await scene.citizens[0].propose([Samples.backend("annex", port: 9)])
        try await scene.citizens[0].wait(vote, until: "voting")
        let posting = Task {
            try await withThrowingTaskGroup(of: [String].self) { group in
                for citizen in scene.citizens {
                    group.addTask { try await Self.cast(9, on: vote, by: citizen) }
                }
                return try await group.reduce(into: [String]()) { $0 += $1 }
            }
        }
        let made = try await run("backup", backup, "--data", scene.community.data.path)
        #expect(made.ending == .exited(0), "\(made.errorText)")
        let acknowledged = try await posting.value
        try await scene.council.kill()
        for name in try FileManager.default.contentsOfDirectory(atPath: backup) + ["."] {
            let mode = try FileManager.default.attributesOfItem(atPath: "\(backup)/\(name)")[
                .posixPermissions]
            #expect(mode as? Int == (name == "." ? 0o700 : 0o600), "\(name)")
        }
        let copy = try scene.copyLog("copy")
        // The machine is lost, and with it all but the backup and the published files.
        try FileManager.default.removeItem(at: scene.community.data)
        let restored = URL(fileURLWithPath: scene.community.path("restored"))
        let result = try await run("restore", backup, "--data", restored.path, "--log", copy)
        #expect(result.ending == .exited(0), "\(result.errorText)")
        try await goOn(scene, in: restored, after: copy, route: "shelf")
        let log = try await run(
            "audit", "log", "--against", restored.path, "--community",
            restored.appendingPathComponent("community.json").path, "--act", "ballot", "--json")
        let lines = log.outputText.split(separator: "\n")
        #expect(acknowledged.count == 27)
        for hash in acknowledged {
            #expect(lines.contains { Self.statementHash(of: $0) == hash })
        }
    }

    @Test func `a restore that would go back is refused and leaves nothing behind`() async throws {
        let scene = try await Scene()
        let behind = try scene.copyLog("behind")
        _ = try await scene.citizens.enact([Samples.backend("shelf", port: 9)])
        try await scene.council.stop()
        let backup = scene.community.path("backup")
        let made = try await run("backup", backup, "--data", scene.community.data.path)
        #expect(made.ending == .exited(0), "\(made.errorText)")
        let target = scene.community.path("restored")
        let back = try await run("restore", backup, "--data", target, "--log", behind)
        #expect(back.ending == .exited(1))
        #expect(back.errorText.contains("a second history"), "\(back.errorText)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: target) == [])
        let full = try await run(
            "restore", backup, "--data", scene.community.data.path, "--log", behind)
        #expect(full.ending == .exited(2))
        let again = try await run("backup", backup, "--data", scene.community.data.path)
        #expect(again.ending == .exited(2))
        // An old backup knows less; a checkpoint that somebody saw tells.
        try FileManager.default.removeItem(atPath: backup + "/last-signed")
        let manifest = try String(contentsOfFile: backup + "/backup.json", encoding: .utf8)
        let without = manifest.replacing(#/"last-signed":"[0-9a-f]*",/#, with: "")
        try without.write(toFile: backup + "/backup.json", atomically: true, encoding: .utf8)
        let seen = try await run(
            "restore", backup, "--data", target, "--log", behind, "--seen",
            scene.community.log.path + "/checkpoint")
        #expect(seen.ending == .exited(1))
        #expect(seen.errorText.contains("a second history"), "\(seen.errorText)")
        let key = try FileHandle(forWritingTo: URL(fileURLWithPath: backup + "/people.sqlite"))
        try key.seek(toOffset: 5_000)
        try key.write(contentsOf: Data("x".utf8))
        try key.close()
        let altered = try await run(
            "restore", backup, "--data", target, "--log", scene.community.log.path)
        #expect(altered.ending == .exited(1))
        #expect(altered.errorText.contains("people.sqlite"))
    }

    /// Casts ballots on a vote, each replacing the one before.
    ///
    /// - Returns: The hashes acknowledged.
    private static func cast(
        _ count: Int, on proposal: Int64, by citizen: Citizen
    ) async throws -> [String] {
        var hashes: [String] = []
        var ballot = try await citizen.ballot(proposal, "abstain")
        for _ in 0..<count {
            ballot["replaces"] = hashes.last.map { .string($0) }
            let answer = try await citizen.hand(citizen.statement("ballot", ballot))
            hashes.append(try #require(answer["hash"]?.string))
        }
        return hashes
    }

    private static func statementHash(of line: Substring) -> String? {
        let value = try? JSONValue(parsing: Array(line.utf8), form: .canonical)
        return value?["entry"]?["stmt"].map { Digest(hashing: $0.canonicalOctets).hex }
    }
}
