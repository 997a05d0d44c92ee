import ArgumentParser
import CanonicalJSON

/// `commonway propose -f FILE`: asks the members for a change.
struct ProposeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: "Ask the members for a change of routes, backends, members or the charter.",
        discussion: """
            Shows the plan and the class that the council computes, asks, signs and hands in. \
            A bundle of operations is enacted whole or not at all.
            """)

    @OptionGroup var draft: ProposalDraft

    @Option(help: ArgumentHelp("Ask anew for one that was stale.", valueName: "proposal"))
    var refiles: Int64?

    @OptionGroup var options: ClientOptions

    func validate() throws { try draft.validate() }

    func run() async throws {
        let client = try options.client()
        let pen = try await Pen.take(client, keyPath: draft.key)
        let content = try await draft.gather(pen)
        let statement = pen.draft().propose(
            operations: content.operations, reason: content.reason?.digest, refiles: refiles)
        let answer = try await pen.handIn(statement, texts: content.texts)
        guard let number = answer.value["proposal"]?.integer else {
            throw Complaint.refused(
                "the council gave the proposal no number",
                at: "statement \(HexDigest.of(statement))",
                next: "commonway proposals")
        }
        try pen.report(
            answer, asJSON: draft.json, data: "\(number)", words: "proposal \(number)")
        try await sayWhatNext(number, client.api)
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
