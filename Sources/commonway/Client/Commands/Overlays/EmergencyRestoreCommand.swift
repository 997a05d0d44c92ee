import ArgumentParser
import CanonicalJSON
import Routing

/// `commonway emergency restore KIND/NAME`: serves again what was in force, for a while.
struct EmergencyRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Serve a document again exactly as it was in force, as a steward.",
        discussion: """
            Only what was in force not long ago, and what no vote put back; commonway emergency \
            list shows it. Of several, --digest, --proposal or -f names one. Shows which requests \
            change hands and for how long, asks, signs and hands it in. It cannot be taken back.
            """)

    @Argument(help: ArgumentHelp("Such as HTTPRoute/library.", valueName: "kind/name"))
    var name: String

    @OptionGroup var choice: RestoreChoice

    @Flag(name: [.customShort("y"), .long], help: "Sign without asking.")
    var yes = false

    @Option(help: ArgumentHelp("Sign with this key instead.", valueName: "file"))
    var key: String?

    @Flag(help: "Print the council's answer as JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let name = try DocumentInForce.name(typed: self.name)
        let client = try options.client()
        let room = try await EmergencyRoom.enter(client, keyPath: key)
        let document = try await choice.document(name, in: room.list, client.api)
        let digest = document.digest.hex
        let standing = try room.joined(name) { $0["digest"]?.string == digest }
        let inForce = try await DocumentInForce.find(name, client.api)
        let moves = await ProposalReport.lines(
            ofOperations: [["op": "apply", "document": document.value]], from: client.api)
        try await room.sign(
            room.pen.draft().restore(document.value), about: name,
            effect: [
                "\(name) is served as \(digest.prefix(12)) for "
                    + Output.plain(RoutesCommand.subject(document.value)),
                inForce.map {
                    "  in place of \(StatementText.short($0["digest"])) for "
                        + Output.plain(RoutesCommand.subject($0["document"]))
                        + ", which stays ratified"
                } ?? "  nothing of that name is in force",
            ] + moves,
            standing: standing,
            command: "commonway emergency restore \(name) --digest \(digest.prefix(12))", yes: yes,
            json: json)
    }
}
