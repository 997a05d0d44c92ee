import ArgumentParser
import CanonicalJSON
import SSHSignature

/// `commonway key retire`: takes a key out of force.
struct KeyRetireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "Take one of your keys out of force, for ever.",
        discussion: """
            With --stolen the ballots that it signed on open votes are taken out too, and you can \
            vote again with another key. Votes that closed stand.
            """)

    @Argument(help: "The key: a file (.pub or private), or its fingerprint SHA256:….")
    var retired: String

    @Flag(help: "Somebody else has it.")
    var stolen = false

    @Option(help: ArgumentHelp("Sign with this key in force.", valueName: "file"))
    var key: String?

    @Flag(name: [.customShort("y"), .long], help: "Sign without asking.")
    var yes = false

    @Flag(help: "Print the council's answer as JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = try options.client()
        let pen = try await Pen.take(client, keyPath: key)
        let line = try await keyLine(pen)
        Output.words("\(KeyText.fingerprint(line)) will sign nothing for you any more")
        try Consent.ask("Retire it?", given: yes)
        let statement = pen.draft().retire(line, stolen: stolen)
        let answer = try await pen.handIn(statement)
        try pen.report(
            answer, asJSON: json, data: HexDigest.of(statement),
            words: "\(KeyText.fingerprint(line)) is retired")
    }

    private func keyLine(_ pen: Pen) async throws(Complaint) -> String {
        guard retired.hasPrefix("SHA256:") else {
            return try SigningKey(retired).publicKey.openSSHText
        }
        let member = try await pen.client.api.get("/members/\(pen.membership.member)")
        let lines = (member["keys"]?.array ?? []).compactMap { $0["key"]?.string }
        guard let line = lines.first(where: { KeyText.fingerprint($0) == retired }) else {
            throw .usage("you have no such key in force", at: retired, next: "commonway key list")
        }
        return line
    }
}
