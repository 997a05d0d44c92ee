import CanonicalJSON
import Foundation

/// The story that the demonstration plays, each step checked as it happens.
///
/// Everything goes through the doors that members have: the program's own commands, the HTTP API,
/// the gateway, the published files.
struct DemoStory {
    let stage: DemoStage
    private var number = 0
    private let eyes: DemoEyes

    init(stage: DemoStage) {
        self.stage = stage
        eyes = DemoEyes(stage: stage)
    }

    /// How long a step may take: the demonstration's periods are seconds.
    private static let patience: Duration = .seconds(60)
    private static let canaryRequests = 200
    /// Of 200 requests a weight of 10 in 100 gives 20, and a loop begins its turns where it likes.
    private static let canaryShare = 10...30

    /// Plays it.
    ///
    /// - Throws: ``Complaint`` naming the step that did not hold.
    mutating func play() async throws(Complaint) {
        try say("Three founders log in with their invitations and sign the founding")
        for member in stage.members { try await logIn(member) }
        try say("Nobody voted for anything yet: a request gets 404")
        try await expectAnswer(status: 404)
        try await failForWantOfOneVote()
        try await carry()
        try await sendATenthElsewhere()
        try await audit()
        try say("Every step held")
    }

    private mutating func say(_ words: String) throws(Complaint) {
        number += 1
        try Output.data("\(number). \(words)")
    }

    private func detail(_ words: String) throws(Complaint) { try Output.data("   \(words)") }

    private func logIn(_ member: DemoMember) async throws(Complaint) {
        try await run(
            member, ["login", "--member", member.name, "--key", member.keyFile],
            hidden: [
                "--invitation-file", member.invitationFile, "--password-file", member.passwordFile,
            ])
    }

    private mutating func failForWantOfOneVote() async throws(Complaint) {
        try say("ana proposes a backend and a route to it; ben sponsors")
        let proposal = try await propose(stage.members[0], sample: "catalogue.yaml")
        try await run(stage.members[1], ["sponsor", "\(proposal)"])
        try await wait(proposal, until: "voting")
        try say("Two yes votes of three are needed. Only ana votes")
        try await run(stage.members[0], ["vote", "\(proposal)", "yes"])
        try await wait(proposal, until: "no-quorum")
        try say("The vote closed without a quorum: still 404")
        try await expectAnswer(status: 404)
    }

    private mutating func carry() async throws(Complaint) {
        try say("ben proposes the same again, and this time two vote")
        let proposal = try await propose(stage.members[1], sample: "catalogue.yaml")
        try await run(stage.members[2], ["sponsor", "\(proposal)"])
        try await wait(proposal, until: "voting")
        try await run(stage.members[0], ["vote", "\(proposal)", "yes"])
        try await run(stage.members[1], ["vote", "\(proposal)", "yes"])
        try detail("one has not voted, so the vote runs to its deadline")
        try await wait(proposal, until: "queued")
        try await expectAnswer(status: 404)
        try detail("it carried; the delay begins")
        try await wait(proposal, until: "enacted")
        try say("Enacted: the same request gets 200 from the backend")
        let answer = try await eyes.answer(becoming: 200, within: Self.patience)
        guard answer.route.contains("proposal=\(proposal)"), answer.name == "catalogue" else {
            throw .refused(
                "proposal \(proposal) should have routed it to catalogue: \"\(answer.route)\", "
                    + "\"\(answer.name)\"")
        }
        try detail("Commonway-Route: \(answer.route)")
    }

    private mutating func sendATenthElsewhere() async throws(Complaint) {
        try say("cleo proposes to send 10 % to a second backend; all three vote yes")
        let proposal = try await propose(stage.members[2], sample: "catalogue-canary.yaml")
        try await run(stage.members[0], ["sponsor", "\(proposal)"])
        try await wait(proposal, until: "voting")
        for member in stage.members { try await run(member, ["vote", "\(proposal)", "yes"]) }
        try detail("everybody agrees: no deadline, no delay")
        try await wait(proposal, until: "enacted")
        _ = try await eyes.answer(citing: "proposal=\(proposal)", within: Self.patience)
        let answers = try await eyes.names(of: Self.canaryRequests)
        let second = answers["catalogue-next", default: 0]
        guard Self.canaryShare.contains(second), answers.values.reduce(0, +) == Self.canaryRequests
        else {
            throw .refused("\(second) of \(Self.canaryRequests) requests went to catalogue-next")
        }
        try detail("\(second) of \(Self.canaryRequests) requests went to catalogue-next")
    }

    private mutating func audit() async throws(Complaint) {
        try say("An auditor recomputes everything from the published files")
        let verdict = try await eyes.audit(log: stage.folder.log)
        guard verdict.status == 0 else {
            throw .refused("the audit refused the log: \(verdict.words)")
        }
        for line in verdict.lines { try detail(line) }
        try say("A copy of the log with one ballot altered is refused")
        let copy = stage.folder.root.appendingPathComponent("altered-log", isDirectory: true)
        let index = try LogForgery.alterBallot(in: stage.folder.log, to: copy)
        let refused = try await eyes.audit(log: copy)
        guard refused.status == 1, refused.words.contains("entry \(index)") else {
            throw .refused(
                "the audit should have named entry \(index) (status \(refused.status)): "
                    + refused.words
            )
        }
        try detail(refused.words.split(separator: "\n").first.map(String.init) ?? "")
    }

    private func expectAnswer(status: Int) async throws(Complaint) {
        let answer = try await eyes.answer(becoming: status, within: Self.patience)
        try detail("GET http://\(DemoStage.host)/catalogue → \(answer.status)")
    }

    private func wait(_ proposal: Int64, until status: String) async throws(Complaint) {
        try await eyes.wait(proposal, until: status, within: Self.patience)
        try detail("proposal \(proposal): \(status)")
    }

    /// Proposes a sample file, with the ports of this demonstration's backends.
    private func propose(
        _ member: DemoMember, sample: String
    ) async throws(Complaint) -> Int64 {
        let file = try DemoSamples.write(sample, for: stage)
        let lines = try await run(member, ["propose", "-f", file, "--yes", "--json"])
        let octets = Array((lines.last ?? "").utf8)
        do {
            let answer = try JSONValue(parsing: octets, form: .relaxed)
            if let proposal = answer["proposal"]?.integer { return proposal }
        } catch {
            throw .refused("propose --json printed no JSON: \(error)")
        }
        throw .refused("propose --json named no proposal")
    }

    /// Runs a command of the program as a member, and shows it as a member would type it.
    @discardableResult
    private func run(
        _ member: DemoMember, _ arguments: [String], hidden: [String] = []
    ) async throws(Complaint) -> [String] {
        try detail("\(member.name)$ commonway " + arguments.joined(separator: " "))
        let result = try await eyes.run(
            arguments + hidden + [
                "--config", member.config, "--council", "http://\(stage.council)",
            ])
        guard result.status == 0 else {
            throw .refused("that command failed (status \(result.status)): \(result.words)")
        }
        return result.lines
    }
}
