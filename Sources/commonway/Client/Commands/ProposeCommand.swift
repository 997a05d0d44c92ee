import ArgumentParser
import CanonicalJSON

/// `commonway propose -f FILE`: asks the members for a change.
struct ProposeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose", abstract: "Ask the members for a change of routes or backends.",
        discussion: """
            Shows the plan and the class that the council computes, asks, signs and hands in. \
            A bundle of operations is enacted whole or not at all.
            """)

    @OptionGroup var operations: OperationFiles

    @Option(help: ArgumentHelp("Why, in a sentence; shown to all members.", valueName: "text"))
    var reason: String?

    @Option(
        name: .customLong("reason-file"),
        help: ArgumentHelp("Why, from a file of at most 16 KiB; - is standard input."))
    var reasonFile: String?

    @Flag(name: [.customShort("y"), .long], help: "Sign without asking.")
    var yes = false

    @Option(help: ArgumentHelp("Sign with this key instead.", valueName: "file"))
    var key: String?

    @Flag(help: "Print the council's answer as JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    /// The longest reasons, octets (docs/formats.md §1).
    private static let reasonOctetsMax = 16 * 1024

    func validate() throws {
        if reason != nil && reasonFile != nil {
            throw ValidationError("give --reason or --reason-file, not both")
        }
        if reasonFile == "-" && operations.files.contains("-") {
            throw ValidationError("standard input can be the documents or the reasons, not both")
        }
    }

    func run() async throws {
        let operations = try self.operations.read()
        let reason = try ReasonText(reasonText())
        let client = try options.client()
        let pen = try await Pen.take(client, keyPath: key)
        let plan = try await PlannedProposal.ask(operations, of: client.api)
        for line in plan.lines(style: .error) { Output.words(line) }
        try confirm()
        let statement = pen.draft().propose(
            operations: operations.array ?? [], reason: reason?.digest)
        let answer = try await pen.handIn(statement, texts: reason.map { [$0.value] } ?? [])
        guard let number = answer.value["proposal"]?.integer else {
            throw Complaint.refused(
                "the council gave the proposal no number",
                at: "statement \(HexDigest.of(statement))",
                next: "commonway proposals")
        }
        try pen.report(
            answer, asJSON: json, data: "\(number)", words: "proposal \(number)")
        try await sayWhatNext(number, client.api)
    }

    private func reasonText() throws(Complaint) -> String? {
        if let reason { return reason }
        guard let reasonFile else { return nil }
        return try LocalFile.readText(reasonFile, limit: Self.reasonOctetsMax)
    }

    private func confirm() throws(Complaint) {
        if yes { return }
        guard Terminal.isInteractive else {
            throw .usage(
                "nobody is there to agree to the plan above; nothing was signed",
                next: "repeat with --yes")
        }
        guard Terminal.confirms("Sign this and propose it?") else {
            throw .usage("nothing was signed")
        }
    }

    private func sayWhatNext(_ number: Int64, _ api: CouncilAPI) async throws(Complaint) {
        let proposal = try await api.get("/proposals/\(number)")
        let text = ProposalText(value: proposal, now: Moment.now)
        Output.words("\(Output.plain(text.status)): \(text.waitsFor)")
        Output.words(
            text.sponsorsMissing > 0
                ? "next: \(text.sponsorsMissing) other members run commonway sponsor \(number)"
                : "next: when it opens, members run commonway vote \(number) yes|no|abstain")
    }
}
