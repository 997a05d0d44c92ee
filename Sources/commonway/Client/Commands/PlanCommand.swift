import ArgumentParser
import CanonicalJSON

/// `commonway plan -f FILE`: what a proposal would change, without proposing it.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what a proposal would change, without proposing it.",
        discussion: """
            With --offline only the documents are checked, without a council. With --exit-code \
            the status is 3 when something would change and 0 when nothing would.
            """)

    @OptionGroup var operations: OperationFiles

    @Flag(help: "Check the documents only; ask no council.")
    var offline = false

    @Flag(name: .customLong("exit-code"), help: "End with status 3 when something would change.")
    var usesExitCode = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func validate() throws {
        if offline && usesExitCode {
            throw ValidationError("--exit-code needs the council's table; leave out --offline")
        }
    }

    func run() async throws {
        let operations = try self.operations.read()
        if offline { return try showChecked(operations) }
        let plan = try await PlannedProposal.ask(operations, of: try options.client().api)
        if json {
            try Output.data(plan.value.canonicalText)
        } else {
            for line in plan.lines(style: .data) { try Output.data(line) }
        }
        if usesExitCode && plan.changes { throw ExitCode(ProgramStatus.differs.rawValue) }
    }

    private func showChecked(_ operations: JSONValue) throws(Complaint) {
        if json {
            let checked: JSONValue = [
                "operations": operations, "payload": .string(HexDigest.of(operations)),
            ]
            return try Output.data(checked.canonicalText)
        }
        for line in StatementText.operations(operations.array ?? []) { try Output.data(line) }
        Output.words("well formed; next: commonway plan with a council, or commonway propose")
    }
}
