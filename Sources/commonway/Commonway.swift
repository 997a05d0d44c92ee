import ArgumentParser
import Foundation

/// The program: every door to a community that is not a web page.
///
/// Noun and verb, the same conventions in every subcommand (docs/cli.md): data on standard output,
/// words on standard error, the statuses of ``ProgramStatus``, and errors that name the next step.
@main
struct Commonway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commonway",
        abstract: "An HTTP gateway whose routes exist only because its members voted for them.",
        discussion: """
            What a command prints for other programs goes to standard output, words for people to \
            standard error. Exit status: 0 done, 1 refused, 2 wrong input, 3 differs, \
            4 unreachable, 5 not logged in. NO_COLOR is honoured.
            """,
        version: "commonway 0.1.0 (rules version 1)",
        groupedSubcommands: [
            CommandGroup(
                name: "Taking part",
                subcommands: [
                    ApplyCommand.self, LoginCommand.self, KeyCommand.self, StatusCommand.self,
                    PlanCommand.self, ProposeCommand.self, ReviseCommand.self,
                    WithdrawCommand.self, SponsorCommand.self, RemarkCommand.self,
                    VoteCommand.self, EmergencyCommand.self, BackendCommand.self,
                    LeaveCommand.self,
                ]),
            CommandGroup(
                name: "Reading",
                subcommands: [
                    ProposalsCommand.self, MembersCommand.self, RoutesCommand.self,
                    CharterCommand.self,
                    WhyCommand.self,
                ]),
            CommandGroup(
                name: "Checking", subcommands: [AuditCommand.self, ReceiptCommand.self]),
            CommandGroup(
                name: "Running it",
                subcommands: [
                    InitCommand.self, ServeCommand.self, CouncilCommand.self, GatewayCommand.self,
                    WitnessCommand.self,
                    BackupCommand.self, RestoreCommand.self, RebuildCommand.self,
                    RefuseCommand.self, PermitCommand.self, LogKeyCommand.self,
                    SucceedCommand.self,
                ]),
            CommandGroup(
                name: "Trying things", subcommands: [DemoCommand.self, EchoCommand.self]),
        ])

    /// Runs the command that the arguments name, and turns what it throws into words and a status.
    ///
    /// ArgumentParser's own entry point exits with 64 for wrong usage; ours is documented as 2.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let complaint as Complaint {
            Output.complain(complaint)
            Foundation.exit(complaint.status.rawValue)
        } catch {
            leave(after: error)
        }
    }

    /// Ends with what ArgumentParser wants to say: help, version, or what was wrong with the usage.
    private static func leave(after error: any Error) -> Never {
        let code = exitCode(for: error)
        let text = fullMessage(for: error)
        if code.isSuccess {
            if !text.isEmpty { print(text) }
            Foundation.exit(ProgramStatus.done.rawValue)
        }
        if let status = error as? ExitCode { Foundation.exit(status.rawValue) }
        if !text.isEmpty { Output.words(text) }
        Foundation.exit(
            code == .validationFailure
                ? ProgramStatus.usage.rawValue : ProgramStatus.refused.rawValue)
    }
}
