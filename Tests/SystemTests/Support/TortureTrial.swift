import CanonicalJSON
import Foundation
import Governance
import LogReader
import Routing
import TestKit
import TransparencyLog

/// One crash: a council that decides ballots until it is killed or its disk fails, and what the
/// restart makes of it.
struct TortureTrial: Sendable {
    let stage: TortureStage
    let point: FailPoint
    /// Whether calls count from the program's start on, or once the council listens.
    var countsFromStart = false
    /// The folder to begin with; the stage's own unless given.
    var begin: URL?
    /// Whether the folder is set back to its beginning at the crash: a disk that kept nothing.
    var forgets = false

    /// Ballots cast before the restart, if nothing happens: each passes all steps.
    static let ballots = 3
    /// How long a council that was hit may take to end.
    private static let endLimit: Duration = .seconds(20)

    /// What came of it.
    struct Result: Sendable {
        /// Where it was to be hit.
        let point: FailPoint
        /// The calls noted.
        var calls: [FailPoint.Call] = []
        /// Statements acknowledged, before and after the restart.
        var acknowledged = 0
        /// Of these, how many the log has not, or not once.
        var lost = 0
        /// Checkpoints seen, or put to the key, that are not of the log's past.
        var inconsistent = 0
        /// What else should not have been.
        var trouble: String?

        /// What was hit; `nil` when the run ended before.
        var hit: FailPoint.Step? { calls.first { $0.isHit }?.step }
    }

    /// What a run knows while it goes on.
    private struct Course {
        var acknowledged: [String] = []
        var seen: [Checkpoint] = []
        /// A statement that was handed in, with no answer.
        var pending: JSONValue?
        var members: [String: JSONValue] = [:]
    }

    /// Runs it.
    ///
    /// - Parameter keep: Where a copy of the folder as the crash left it goes.
    func run(keeping keep: URL? = nil) async throws -> Result {
        let folder = try TemporaryFolder()
        let data = folder.url.appendingPathComponent("data", isDirectory: true)
        try FileManager.default.copyItem(at: begin ?? stage.community.data, to: data)
        let power =
            point.mode == .power ? try await PowerLoss(of: data.path, within: folder) : nil
        var course = Course()
        try await untilHit(data, folder, power, &course)
        try await power?.strike()
        if forgets {
            try FileManager.default.removeItem(at: data)
            try FileManager.default.copyItem(at: begin ?? stage.community.data, to: data)
        }
        if let keep { try FileManager.default.copyItem(at: data, to: keep) }
        var result = Result(point: point)
        result.calls = try FailPoint.calls(in: folder.path("calls"))
        do {
            try await afterwards(data, &course)
        } catch {
            result.trouble = "\(error)"
        }
        result.acknowledged = course.acknowledged.count
        try await judge(course, data, &result)
        return result
    }

    /// The council under the shim, until it is hit or all ballots are cast.
    private func untilHit(
        _ data: URL, _ folder: TemporaryFolder, _ power: PowerLoss?, _ course: inout Course
    ) async throws {
        var environment = power?.environment ?? [:]
        environment["LD_PRELOAD"] = ([stage.shim] + [environment["LD_PRELOAD"]].compactMap { $0 })
            .joined(separator: ":")
        environment["FAILPOINT_FOLDER"] = data.path
        environment["FAILPOINT_LOG"] = folder.path("calls")
        environment["FAILPOINT_ARM"] = folder.path("arm")
        environment["FAILPOINT_STEP"] = point.step.word
        environment["FAILPOINT_AT"] = "\(point.number)"
        environment["FAILPOINT_MODE"] = point.mode.word
        if countsFromStart { try folder.write("", to: "arm") }
        // A council that is hit before it listens says no address.
        guard let council = try? await Served.council(in: data, environment: environment) else {
            return
        }
        if !countsFromStart {
            course.members = try await voter(council).ballot(stage.proposal, "abstain")
            try folder.write("", to: "arm")
        }
        try await cast(countsFromStart ? 0 : Self.ballots, council, data, &course)
        let hasEnded = course.pending != nil
        if hasEnded { _ = try? await council.program.ending(within: Self.endLimit) }
        try await council.kill()
    }

    private func voter(_ council: Served) -> Citizen {
        var citizen = stage.citizen
        citizen.api = APIClient(council.address, token: citizen.api.token)
        return citizen
    }

    private func cast(
        _ count: Int, _ council: Served, _ data: URL, _ course: inout Course
    ) async throws {
        let citizen = voter(council)
        for _ in 0..<count {
            var ballot = course.members
            ballot["replaces"] = course.acknowledged.last.map { .string($0) }
            let request = try citizen.request(citizen.statement("ballot", ballot))
            guard let hash = try await hand(request, by: citizen) else {
                course.pending = request
                return
            }
            course.acknowledged.append(hash)
            // What the public may have seen by now must stay the log's past.
            course.seen.append(try Self.checkpoint(data.appendingPathComponent("log/checkpoint")))
        }
    }

    /// - Returns: The hash acknowledged; `nil` when no answer came, or not now.
    private func hand(_ request: JSONValue, by citizen: Citizen) async throws -> String? {
        guard let answer = try? await citizen.api.call("POST", "/statements", request),
            answer.status < 500
        else { return nil }
        guard answer.status <= 201, let hash = answer.json["hash"]?.string else {
            throw Failure("refused: \(answer.status) \(answer.json.canonicalText)")
        }
        return hash
    }

    /// The restart: what had no answer is handed in again, and one more ballot is cast.
    private func afterwards(_ data: URL, _ course: inout Course) async throws {
        let council = try await Served.council(in: data)
        let citizen = voter(council)
        if let pending = course.pending {
            guard let hash = try await hand(pending, by: citizen) else {
                throw Failure("the statement without an answer is not taken after the restart")
            }
            course.acknowledged.append(hash)
        }
        if course.members.isEmpty {
            course.members = try await citizen.ballot(stage.proposal, "abstain")
            let mine = try await citizen.api.call("GET", "/proposals/\(stage.proposal)/ballots")
            let last = mine.json["items"]?.array?.last { $0["by"] == 2 }?["hash"]?.string
            course.acknowledged += [last].compactMap { $0 }
        }
        course.pending = nil
        try await cast(1, council, data, &course)
        guard course.pending == nil else { throw Failure("no ballot is taken after the restart") }
        try await council.stop()
    }

    /// Follows the log as an auditor does, and compares.
    private func judge(_ course: Course, _ data: URL, _ result: inout Result) async throws {
        let log = data.appendingPathComponent("log", isDirectory: true)
        let card = try CommunityCard(
            octets: Array(Data(contentsOf: data.appendingPathComponent("community.json"))))
        var counts: [String: Int] = [:]
        var follower = try LogFollower(card: card, source: FolderSource(folder: log))
        do {
            _ = try await follower.follow(now: Community.now) { taken, _ in
                if let hash = taken.checked.statementHash { counts[hash.hex, default: 0] += 1 }
            }
        } catch {
            result.trouble = "\(result.trouble ?? "") \(error)"
            result.lost = course.acknowledged.count
            return
        }
        result.lost = course.acknowledged.count { counts[$0] != 1 }
        let signed = try Checkpoint(
            text: String(
                contentsOf: data.appendingPathComponent("council/last-signed"), encoding: .utf8))
        for checkpoint in course.seen + [signed] {
            let root = try? follower.tree.root(atSize: checkpoint.size)
            if root != checkpoint.root { result.inconsistent += 1 }
        }
    }

    private static func checkpoint(_ file: URL) throws -> Checkpoint {
        try Checkpoint(text: SignedNote(octets: Array(Data(contentsOf: file))).text)
    }
}
