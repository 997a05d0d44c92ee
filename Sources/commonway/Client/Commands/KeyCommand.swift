import ArgumentParser

/// `commonway key`: a member's keys.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "List, make, enrol, retire and recover keys.",
        subcommands: [
            KeyListCommand.self, KeyNewCommand.self, KeyEnrolCommand.self, KeyRetireCommand.self,
            KeyRecoverCommand.self,
        ],
        defaultSubcommand: KeyListCommand.self)
}
