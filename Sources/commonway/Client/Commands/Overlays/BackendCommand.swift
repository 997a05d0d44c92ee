import ArgumentParser

/// `commonway backend`: what keepers do without a vote, and how electors undo it.
struct BackendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backend",
        abstract: "Move a backend that you keep to other addresses, or undo what a keeper did.",
        subcommands: [BackendMoveCommand.self, BackendUndoCommand.self])
}
