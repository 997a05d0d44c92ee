import ArgumentParser
import CanonicalJSON

/// `commonway revise 7 -f FILE`: asks for something else in place of what one proposed.
struct ReviseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revise", abstract: "Change a proposal of yours while it is discussed.",
        discussion: """
            Other operations drop its sponsors and begin the discussion anew; with the same \
            operations only the reason changes.
            """)

    @Argument(help: "The proposal's number.")
    var proposal: Int64

    @OptionGroup var draft: ProposalDraft

    @OptionGroup var options: ClientOptions

    func validate() throws { try draft.validate() }

    func run() async throws {
        let client = try options.client()
        let pen = try await Pen.take(client, keyPath: draft.key)
        let content = try await draft.gather(pen)
        let statement = pen.draft().revise(
            proposal: proposal, operations: content.operations, reason: content.reason?.digest)
        let answer = try await pen.handIn(statement, texts: content.texts)
        try pen.report(
            answer, asJSON: draft.json, data: HexDigest.of(statement),
            words: "proposal \(proposal) is revised")
        Output.words("next: commonway proposals \(proposal)")
    }
}
