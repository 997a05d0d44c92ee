import ArgumentParser
import CanonicalJSON

/// `commonway withdraw 7`: takes a proposal of one's own back.
struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Take a proposal of yours back.",
        discussion: "In discussion, in voting, or carried and not enacted yet. It is final.")

    @Argument(help: "The proposal's number.")
    var proposal: Int64

    @Flag(name: [.customShort("y"), .long], help: "Sign without asking.")
    var yes = false

    @Option(help: ArgumentHelp("Sign with this key instead.", valueName: "file"))
    var key: String?

    @Flag(help: "Print the council's answer as JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = try options.client()
        let pen = try await Pen.take(client, keyPath: key)
        let value = try await client.api.get("/proposals/\(proposal)")
        for line in ProposalText(value: value, now: Moment.now).lines(style: .error) {
            Output.words(line)
        }
        try Consent.ask("Withdraw it?", given: yes)
        let statement = pen.draft().withdraw(proposal: proposal)
        let answer = try await pen.handIn(statement)
        try pen.report(
            answer, asJSON: json, data: HexDigest.of(statement),
            words: "proposal \(proposal) is withdrawn")
    }
}
