import ArgumentParser

/// `commonway receipt`: proof that a statement is in the log, to keep and to show.
struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Get or verify the proof that a statement is in the log.",
        discussion: """
            commonway receipt HASH gets one, commonway receipt verify FILE checks one without any \
            machine of ours. The file is a C2SP tlog-proof.
            """,
        subcommands: [ReceiptGetCommand.self, ReceiptVerifyCommand.self],
        defaultSubcommand: ReceiptGetCommand.self)
}
