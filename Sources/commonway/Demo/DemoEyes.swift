import AsyncHTTPClient
import CanonicalJSON
import Foundation
import NIOCore
import NIOHTTP1

/// How the demonstration looks at what happens: requests, the API, the audit, all from outside.
struct DemoEyes: Sendable {
    let stage: DemoStage

    /// What the gateway answered.
    struct Answer: Sendable {
        let status: Int
        /// `Commonway-Route`.
        let route: String
        /// The backend's name.
        let name: String
    }

    /// What a command printed.
    struct Result: Sendable {
        let status: Int32
        /// Standard output.
        let lines: [String]
        /// Standard error.
        let words: String
    }

    private static let requestTime: TimeAmount = .seconds(10)
    private static let answerOctetsMax = 1 << 20
    private static let pause: Duration = .milliseconds(50)

    /// Asks the gateway once.
    func ask() async throws(Complaint) -> Answer {
        var request = HTTPClientRequest(url: "http://\(stage.gateway)/catalogue")
        request.headers.add(name: "Host", value: DemoStage.host)
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: Self.requestTime)
            let body = try await response.body.collect(upTo: Self.answerOctetsMax)
            let value = try? JSONValue(parsing: body.readableBytesView, form: .relaxed)
            return Answer(
                status: Int(response.status.code),
                route: response.headers.first(name: "Commonway-Route") ?? "",
                name: value?["name"]?.string ?? "")
        } catch {
            throw .refused("the gateway did not answer: \(Reason.text(error))", at: stage.gateway)
        }
    }

    /// Asks until the status is the one expected; the gateway takes up a new table when it has seen
    /// it.
    func answer(becoming status: Int, within limit: Duration) async throws(Complaint) -> Answer {
        try await answer(within: limit, expecting: "\(status)") { $0.status == status }
    }

    /// Asks until the answer cites something.
    func answer(citing text: String, within limit: Duration) async throws(Complaint) -> Answer {
        try await answer(within: limit, expecting: text) { $0.route.contains(text) }
    }

    private func answer(
        within limit: Duration, expecting: String, _ fits: (Answer) -> Bool
    ) async throws(Complaint) -> Answer {
        let end = ContinuousClock.now + limit
        while true {
            let answer = try await ask()
            if fits(answer) { return answer }
            guard ContinuousClock.now < end else {
                throw .refused(
                    "expected \(expecting), the gateway still answers \(answer.status) "
                        + "(\(answer.route))")
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// Asks many times and counts which backend answered.
    func names(of count: Int) async throws(Complaint) -> [String: Int] {
        var names: [String: Int] = [:]
        for _ in 0..<count {
            let answer = try await ask()
            names[answer.name, default: 0] += 1
        }
        return names
    }

    /// Waits until a proposal has a status.
    func wait(
        _ proposal: Int64, until status: String, within limit: Duration
    ) async throws(Complaint) {
        let end = ContinuousClock.now + limit
        var last = ""
        while last != status {
            guard ContinuousClock.now < end else {
                throw .refused("proposal \(proposal) is still \(last), not \(status)")
            }
            last = try await self.status(of: proposal)
            if last != status { try? await Task.sleep(for: Self.pause) }
        }
    }

    private func status(of proposal: Int64) async throws(Complaint) -> String {
        let url = "http://\(stage.council)/api/v1/proposals/\(proposal)"
        do {
            let response = try await HTTPClient.shared.execute(
                HTTPClientRequest(url: url), timeout: Self.requestTime)
            let body = try await response.body.collect(upTo: Self.answerOctetsMax)
            let value = try JSONValue(parsing: body.readableBytesView, form: .relaxed)
            return value["status"]?.string ?? ""
        } catch {
            throw .refused("the council did not answer: \(Reason.text(error))", at: url)
        }
    }

    /// Audits a folder of log files with the program's own command.
    func audit(log: URL) async throws(Complaint) -> Result {
        try await run([
            "audit", "verify", "--log", log.path, "--community", stage.folder.card.path,
        ])
    }

    /// Runs a command of this program.
    func run(_ arguments: [String]) async throws(Complaint) -> Result {
        let errors = Pipe()
        let child = try ChildProgram(
            arguments, environment: ["NO_COLOR": "1"], errors: errors.fileHandleForWriting)
        // Closed here so that reading ends with the child.
        try? errors.fileHandleForWriting.close()
        var lines: [String] = []
        for await line in child.lines { lines.append(line) }
        let words = String(
            decoding: (try? errors.fileHandleForReading.readToEnd()) ?? Data(), as: UTF8.self)
        return Result(status: await child.status(), lines: lines, words: words)
    }
}
