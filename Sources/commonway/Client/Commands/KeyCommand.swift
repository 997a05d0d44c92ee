import ArgumentParser

/// `commonway key`: a member's keys.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "List, make and enrol keys.",
        subcommands: [KeyListCommand.self, KeyNewCommand.self, KeyEnrolCommand.self],
        defaultSubcommand: KeyListCommand.self)
}
