import ArgumentParser
import CanonicalJSON

/// `commonway proposals [N]`: the proposals, or one of them.
struct ProposalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proposals", abstract: "List proposals, newest first, or show one.")

    /// Where a proposal can be on its way.
    enum Status: String, ExpressibleByArgument, CaseIterable {
        case discussion, voting, queued, enacted, failed, stale, lapsed, expired
        case noQuorum = "no-quorum"
        case withdrawn, void, superseded, reverted
    }

    @Argument(help: "One proposal's number.")
    var number: Int64?

    @Option(help: "Only those of this status.")
    var status: Status?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let api = try options.client().api
        if let number {
            let proposal = try await api.get("/proposals/\(number)")
            if json { return try Output.data(proposal.canonicalText) }
            try show(proposal, report: await ProposalReport.lines(of: proposal, from: api))
        } else {
            let query = status.map { [("status", $0.rawValue)] } ?? []
            try show(try await api.list("/proposals", query: query))
        }
    }

    func validate() throws {
        if number != nil && status != nil {
            throw ValidationError("--status lists proposals; leave out the number")
        }
    }

    private func show(_ proposal: JSONValue, report: [String]) throws(Complaint) {
        let text = ProposalText(value: proposal, now: Moment.now)
        for line in text.lines(style: .data, report: report) { try Output.data(line) }
        switch proposal["status"]?.string {
        case "discussion": Output.words("next: commonway sponsor \(number ?? 0)")
        case "voting": Output.words("next: commonway vote \(number ?? 0) yes|no|abstain")
        default: break
        }
    }

    private func show(_ proposals: [JSONValue]) throws(Complaint) {
        if json { return try Output.data(JSONValue.items(proposals).canonicalText) }
        guard !proposals.isEmpty else {
            return Output.words(
                status == nil
                    ? "no proposals yet; next: commonway propose -f FILE"
                    : "no proposal has that status")
        }
        var columns = Columns("NUMBER", "STATUS", "CLASS", "WHAT", "VOTES", "WHEN")
        for proposal in proposals {
            let text = ProposalText(value: proposal, now: Moment.now)
            columns.add(
                "\(text.number)", text.status, proposal["class"]?.string ?? "-", text.subject,
                text.shortTally, text.waitsFor)
        }
        try columns.write()
    }
}
