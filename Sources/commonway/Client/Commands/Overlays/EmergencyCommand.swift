import ArgumentParser

/// `commonway emergency`: what stewards do without a vote, for a while.
struct EmergencyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emergency",
        abstract: "Disable a route or restore what was in force, for a while, as a steward.",
        discussion: """
            One steward's word lasts as long as the charter says; enough of them together let it \
            last until members have voted. See commonway charter explain.
            """,
        subcommands: [
            EmergencyListCommand.self, EmergencyDisableCommand.self, EmergencyRestoreCommand.self,
        ],
        defaultSubcommand: EmergencyListCommand.self)
}
