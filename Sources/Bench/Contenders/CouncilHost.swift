import CanonicalJSON
import Forge
import Foundation
import LogReader
import TransparencyLog

/// `commonway serve` on a community that was forged: its log published, its journal rebuilt from
/// that, and a member logged in.
final class CouncilHost {
    /// Where the council listens on 127.0.0.1.
    let port: UInt16
    /// What writes bring.
    let token: String
    private let child: ChildProgram
    /// The processes of supervisor, council and gateway, by what they are called.
    private let processes: [(name: String, id: Int32)]

    private static let rebuildSecondsMax = 300.0
    private static let startSecondsMax = 120.0
    /// How long the member's proof holds, milliseconds.
    private static let proofMs: Int64 = 600_000

    /// Sets the community up and starts it.
    ///
    /// - Throws: ``BenchFault``.
    init(_ forge: Forge, on stage: Stage, folder: URL) throws(BenchFault) {
        let data = folder.appendingPathComponent("data", isDirectory: true)
        try Self.prepare(forge, data)
        let rebuild = try ChildProgram(
            "rebuild", program: stage.options.program, arguments: ["rebuild", "--data", data.path],
            cores: stage.cores.all, folder: folder)
        _ = try rebuild.result(within: Self.rebuildSecondsMax)
        child = try ChildProgram(
            "serve", program: stage.options.program,
            arguments: [
                "serve", "--data", data.path, "--council", "127.0.0.1:0", "--gateway",
                "127.0.0.1:0",
            ], cores: stage.cores.all, folder: folder)
        do throws(BenchFault) {
            // `council http://127.0.0.1:PORT PROCESS`
            let words = try child.firstLine(within: Self.startSecondsMax).split(separator: " ")
            guard words.count == 3, words[0] == "council", let id = Int32(words[2]),
                let port = words[1].split(separator: ":").last.flatMap({ UInt16($0) })
            else {
                throw .answer(
                    name: "serve", found: words.joined(separator: " "),
                    expected: "council http://127.0.0.1:PORT PROCESS")
            }
            self.port = port
            token = try Self.logIn(forge, port: port)
            let others = try ProcessFields.children(of: child.id).filter { $0 != id }
            processes =
                [("supervisor", child.id), ("council", id)] + others.map { ("gateway", $0) }
        } catch {
            child.end()
            throw error
        }
    }

    /// The community's folder, as far as it cannot be made from the log.
    private static func prepare(_ forge: Forge, _ data: URL) throws(BenchFault) {
        do {
            for name in ["council", "log", "gateway", "run"] {
                try FileManager.default.createDirectory(
                    at: data.appendingPathComponent(name, isDirectory: true),
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            }
            try DurableFile.createSecret(
                Array(forge.signer.text.utf8),
                at: data.appendingPathComponent("council/log.key"))
        } catch {
            throw .file(path: data.path, reason: "\(error)")
        }
        _ = try PublishedLog(
            forge, folder: data.appendingPathComponent("log", isDirectory: true),
            card: data.appendingPathComponent("community.json"))
    }

    /// Opens the first member's account by their key.
    private static func logIn(_ forge: Forge, port: UInt16) throws(BenchFault) -> String {
        let stmt: JSONValue
        let signature: String
        var forge = forge
        do {
            let until = Int64(Date().timeIntervalSince1970 * 1000) + proofMs
            stmt = forge.statement("account", by: 1, ["until": .integer(until)])
            signature = try Forge.signature(of: stmt, by: forge.keys[0])
        } catch {
            throw .log("\(error)")
        }
        let body: JSONValue = [
            "stmt": stmt, "sig": .string(signature), "password": "only for this measurement",
            "handle": .string(Forge.handle(ofMember: 1)),
            "salt": .string(
                Forge.salt(ofMember: 1).map { String(format: "%02x", $0) }.joined()),
        ]
        let answer = try Door.post(
            port: port, path: "/api/v1/accounts/proof", json: body.canonicalText)
        guard answer.status == 201,
            let value = try? JSONValue(parsing: answer.body.utf8, form: .relaxed),
            let token = value["token"]?.string
        else {
            throw .answer(
                name: "council", found: "\(answer.status) \(answer.body)",
                expected: "201 and a token")
        }
        return token
    }

    /// What each process has spent so far, by what it is called.
    ///
    /// - Throws: ``BenchFault`` when one is gone.
    func cpuTimes() throws(BenchFault) -> [(name: String, time: CPUTime)] {
        var times: [(name: String, time: CPUTime)] = []
        for (name, id) in processes { times.append((name, try CPUTime.of(process: id))) }
        return times
    }

    /// Ends it.
    func end() { child.end() }
}
