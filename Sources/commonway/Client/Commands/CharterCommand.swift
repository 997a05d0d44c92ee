import ArgumentParser
import CanonicalJSON
import Governance
import Routing

/// `commonway charter`: the voting rules in force.
struct CharterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "charter", abstract: "Show the voting rules, or say what they come to.",
        subcommands: [CharterShowCommand.self, CharterExplainCommand.self],
        defaultSubcommand: CharterShowCommand.self)
}

/// `commonway charter show`.
struct CharterShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print the charter in force as JSON.")

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let community = try await Community.ask(try options.client().api)
        try Output.data(community.charter.canonicalText)
        Output.words("digest \(HexDigest.of(community.charter))")
        Output.words("next: commonway charter explain")
    }
}

/// `commonway charter explain`: what each rule means for so many electors.
struct CharterExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say in words what each rule means for 1, 3, 10 … electors.",
        discussion: """
            Of the charter in force, with the number of electors of today; or of a file, which \
            asks nobody, so that rules can be weighed before they are proposed.
            """)

    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: ArgumentHelp(
            "A charter, YAML or JSON, in place of the one in force.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("Numbers of electors to explain.", valueName: "n"))
    var electors: [Int] = []

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func validate() throws {
        if electors.contains(where: { !(1...Multiplier.electorsMax).contains($0) }) {
            throw ValidationError("--electors: 1 to \(Multiplier.electorsMax)")
        }
    }

    func run() async throws {
        var today: Int?
        let value: JSONValue
        if let file {
            value = try CharterFile.read(file)
        } else {
            let community = try await Community.ask(try options.client().api)
            value = community.charter
            today = community.value["electors"]?.integer.map { Int($0) }
        }
        let charter: Charter
        do throws(FormatFault) {
            charter = try Charter(value)
        } catch {
            throw Complaint.usage("this program does not know such a charter: \(error)")
        }
        let numbers = electors.isEmpty ? [1, 3, 10] + [today].compactMap(\.self) : electors
        let explained = CharterText(charter: charter, electors: Array(Set(numbers)).sorted())
        if json { return try Output.data(explained.value.canonicalText) }
        for line in explained.lines(today: today) { try Output.data(line) }
    }
}
