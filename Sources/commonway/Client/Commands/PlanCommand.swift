import ArgumentParser
import CanonicalJSON

/// `commonway plan -f FILE`: what a proposal would change, without proposing it.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what a proposal would change, without proposing it.",
        discussion: """
            Exit status: 0 nothing changes, 3 it changes, 2 it cannot be enacted or read. The \
            council computes the plan; with --against, --documents or --requests it is computed \
            here, on a log that is verified first or on files. With --offline only the documents \
            are checked. A wrong line in --requests ends with 2 before anything is printed.
            """)

    @OptionGroup var operations: OperationFiles

    @OptionGroup var measures: MeasureOptions

    @OptionGroup var table: TableOptions

    @Option(
        help: ArgumentHelp(
            "Requests as JSON lines, to show what each does before and after; - is standard input.",
            valueName: "file"))
    var requests: String?

    @Flag(help: "Check the documents only; ask no council.")
    var offline = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func validate() throws {
        if operations.isEmpty && measures.isEmpty {
            throw ValidationError("name what to change: -f FILE, --delete KIND/NAME, --revert N …")
        }
        if !measures.isEmpty, offline || requests != nil || table.namesBase {
            throw ValidationError("only a council plans what is not about documents")
        }
        if offline && (requests != nil || table.namesBase) {
            throw ValidationError("--offline compares with nothing; leave it or the others out")
        }
        let files = operations.files + table.documents + (requests.map { [$0] } ?? [])
        if files.count(where: { $0 == "-" }) > 1 {
            throw ValidationError("standard input can be one of the files, not several")
        }
    }

    func run() async throws {
        if !measures.isEmpty { return try await planMeasures() }
        let (operations, documents) = try self.operations.readLocated()
        if offline { return try showChecked(operations) }
        let planned: PlannedProposal
        if requests == nil && !table.namesBase {
            planned = try await PlannedProposal.changes(operations, by: try options.client().api)
            try show(planned, requests: nil)
        } else {
            let lines = try requests.map { file throws(Complaint) in try RequestFile.read(file) }
            let plan = try LocalPlan(
                operations, from: documents, on: try await table.read(options))
            planned = plan.planned
            try show(
                planned,
                requests: lines.map {
                    RequestComparison($0, before: plan.before, after: plan.after)
                })
        }
        if planned.changes { throw ExitCode(ProgramStatus.differs.rawValue) }
    }

    /// What is not about documents depends on members, proposals and the charter: the council has
    /// them.
    private func planMeasures() async throws {
        let files = operations.isEmpty ? [] : try operations.read().array ?? []
        let api = try options.client().api
        let measures = try measures.read(for: try await Community.ask(api))
        let planned = try await PlannedProposal.ask(
            .array(files + measures.operations), of: api)
        try show(planned, requests: nil)
        throw ExitCode(ProgramStatus.differs.rawValue)
    }

    private func show(
        _ plan: PlannedProposal, requests: RequestComparison?
    ) throws(Complaint) {
        if json {
            let members = plan.value.object?.members ?? []
            var shown = members.map { NullableJSON.Member($0.name, .value($0.value)) }
            if let requests { shown.append(.init("requests", requests.value)) }
            return try Output.data(NullableJSON.object(shown).line)
        }
        for line in plan.lines(style: .data) { try Output.data(line) }
        guard let requests else { return }
        try Output.data(Style.data.bold("requests"))
        for line in requests.lines(style: .data) { try Output.data(line) }
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
