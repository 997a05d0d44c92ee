import ArgumentParser
import CanonicalJSON

/// `commonway sponsor 7`: says that a proposal deserves a vote.
struct SponsorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sponsor", abstract: "Say that a proposal deserves a vote.",
        discussion: "Sponsoring is not voting for it. The proposer counts as a sponsor already.")

    @Argument(help: "The proposal's number.")
    var proposal: Int64

    @Option(help: ArgumentHelp("Sign with this key instead.", valueName: "file"))
    var key: String?

    @Flag(help: "Print the council's answer as JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = try options.client()
        let pen = try await Pen.take(client, keyPath: key)
        let value = try await client.api.get("/proposals/\(proposal)")
        let text = ProposalText(value: value, now: Moment.now)
        guard text.status == "discussion" else {
            throw Complaint.refused(
                "proposal \(proposal) is not in discussion: its status is "
                    + Output.plain(text.status),
                next: text.status == "voting"
                    ? "commonway vote \(proposal) yes|no|abstain"
                    : "commonway proposals \(proposal)")
        }
        let report = await ProposalReport.lines(of: value, from: client.api)
        for line in text.lines(style: .error, report: report) { Output.words(line) }
        if value["sponsors"]?.array?.contains(.integer(pen.membership.member)) == true {
            Output.words("you sponsor it already; nothing was sent")
            return
        }
        // Signed over what is shown, not over what the council says its digest is.
        let statement = pen.draft().sponsor(
            proposal: proposal, payload: HexDigest.of(value["operations"] ?? []))
        let answer = try await pen.handIn(statement)
        try pen.report(
            answer, asJSON: json, data: HexDigest.of(statement),
            words: "sponsor of proposal \(proposal)")
        Output.words("next: commonway proposals \(proposal)")
    }
}
