import ArgumentParser
import CanonicalJSON

/// `commonway vote 7 yes`: signs a ballot and hands it in.
struct VoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vote", abstract: "Vote yes, no or abstain on a proposal.",
        discussion: """
            Checks that what the council shows is what the log's entry says, signs a ballot with \
            your key and keeps the council's signed acknowledgement. Voting again until the close \
            replaces your ballot; all of them stay in the public log for ever.
            """)

    /// The side that a ballot takes.
    enum Choice: String, ExpressibleByArgument, CaseIterable {
        case yes, no, abstain
    }

    @Argument(help: "The proposal's number.")
    var proposal: Int64

    @Argument(help: "yes, no or abstain.")
    var choice: Choice

    @Option(help: ArgumentHelp("Sign with this key instead.", valueName: "file"))
    var key: String?

    @Flag(help: "Print the council's answer as JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = try options.client()
        let pen = try await Pen.take(client, keyPath: key)
        let subject = try await VoteSubject.read(proposal, from: client.api)
        let text = ProposalText(value: subject.proposal, now: Moment.now)
        let report = await ProposalReport.lines(of: subject.proposal, from: client.api)
        for line in text.lines(style: .error, report: report) { Output.words(line) }
        try await ConfirmedEmergency(subject.proposal)?.check(
            by: pen.membership.card, from: client.api)
        let before = try await ballotInForce(of: pen.membership.member, client.api)
        if before?["choice"]?.string == choice.rawValue {
            Output.words("your ballot in force is \(choice.rawValue) already; nothing was sent")
            try Output.data(json ? before?.canonicalText ?? "{}" : before?["hash"]?.string ?? "")
            return
        }
        let head = try await newestHead(pen, subject)
        let statement = pen.draft().ballot(
            open: subject.openLeaf, choice: choice.rawValue, head: head,
            replaces: before?["hash"]?.string)
        let answer = try await pen.handIn(statement)
        try pen.report(
            answer, asJSON: json, data: HexDigest.of(statement),
            words: "ballot \(choice.rawValue) on proposal \(proposal)")
        Output.words("next: commonway proposals \(proposal)")
    }

    private func ballotInForce(
        of member: Int64, _ api: CouncilAPI
    ) async throws(Complaint) -> JSONValue? {
        let ballots = try await api.list("/proposals/\(proposal)/ballots")
        return ballots.last { $0["by"]?.integer == member && $0["inForce"]?.bool == true }
    }

    /// The newest checkpoint, verified, and remembered so that the log cannot go back behind it.
    private func newestHead(_ pen: Pen, _ subject: VoteSubject) async throws(Complaint) -> LogHead {
        let head = try Evidence(card: pen.membership.card).head(
            from: try await pen.client.api.get("/checkpoint"), seen: pen.membership.head)
        guard head.size > subject.openIndex else {
            throw Complaint(
                .unreachable,
                "the newest checkpoint, of size \(head.size), does not hold the opened vote yet",
                at: "entry \(subject.openIndex)", next: "repeat the command in a second")
        }
        var membership = pen.membership
        membership.head = head
        try pen.client.folder.save(membership, at: pen.client.address)
        return head
    }
}
