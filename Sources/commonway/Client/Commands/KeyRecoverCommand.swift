import ArgumentParser
import CanonicalJSON

/// `commonway key recover`: signs the wish for a new key in place of lost ones.
struct KeyRecoverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover", abstract: "Ask for a new key when all yours are lost.",
        discussion: """
            Signed with the new key. Any member proposes it (commonway propose --recover FILE); \
            the others vote without you. Whatever an old key signs meanwhile ends the proposal.
            """)

    @Option(help: ArgumentHelp("Your number.", valueName: "number"))
    var member: Int64

    @Option(help: ArgumentHelp("The community card.", valueName: "file"))
    var community: String

    @Option(name: .customLong("new-key"), help: ArgumentHelp("The new key.", valueName: "file"))
    var newKey: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Write it to a file.", valueName: "file"))
    var output: String?

    func run() throws {
        let card = try CardFile.read(community)
        let recovery = try Recovery(
            member: member, key: try SigningKey(newKey), origin: card.origin, now: Moment.now)
        try EnclosedOutput.write(recovery.fileText, to: output)
        Output.words("next: give it to a member, who runs commonway propose --recover FILE")
    }
}
