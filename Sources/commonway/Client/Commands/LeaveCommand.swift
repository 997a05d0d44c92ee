import ArgumentParser
import CanonicalJSON

/// `commonway leave`: ends one's own membership.
struct LeaveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leave", abstract: "End your membership, at once.",
        discussion: """
            Ballots that you cast stand. Your number and keys are never given again; to come back \
            you apply as a newcomer, with another key.
            """)

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
        Output.words("member \(pen.membership.member) leaves \(pen.membership.card.origin)")
        try Consent.ask("Leave?", given: yes)
        let statement = pen.draft().leave()
        let answer = try await pen.handIn(statement)
        try pen.report(
            answer, asJSON: json, data: HexDigest.of(statement), words: "you are no member now")
    }
}
