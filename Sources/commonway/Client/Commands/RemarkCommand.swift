import ArgumentParser
import CanonicalJSON
import Governance

/// `commonway remark 7 --concern privacy "…"`: states a concern.
struct RemarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remark", abstract: "State a concern about a proposal, with reasons.",
        discussion: "Everybody who votes is shown it; it binds nobody.")

    @Argument(help: "The proposal's number.")
    var proposal: Int64

    @Argument(help: "Your reasons.")
    var text: String

    @Option(help: "security, privacy, reliability, cost, fairness or other.")
    var concern: Concern = .other

    @Option(help: ArgumentHelp("Sign with this key instead.", valueName: "file"))
    var key: String?

    @Flag(help: "Print the council's answer as JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        guard let reason = ReasonText(text) else {
            throw Complaint.usage("a remark needs reasons", next: "say what concerns you")
        }
        let client = try options.client()
        let pen = try await Pen.take(client, keyPath: key)
        let statement = pen.draft().remark(
            proposal: proposal, concern: concern.rawValue, reason: reason.digest)
        let answer = try await pen.handIn(statement, texts: [reason.value])
        try pen.report(
            answer, asJSON: json, data: HexDigest.of(statement),
            words: "remark on proposal \(proposal)")
    }
}

extension Concern: ExpressibleByArgument {}
