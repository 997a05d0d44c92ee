import ArgumentParser
import CanonicalJSON

/// What `propose` and `revise` have in common: what is asked for, why, and who agrees to sign it.
struct ProposalDraft: ParsableArguments {
    @OptionGroup var documents: OperationFiles

    @OptionGroup var measures: MeasureOptions

    @Option(help: ArgumentHelp("Why, in a sentence; shown to all members.", valueName: "text"))
    var reason: String?

    @Option(
        name: .customLong("reason-file"),
        help: ArgumentHelp("Why, from a file of at most 16 KiB; - is standard input."))
    var reasonFile: String?

    @Flag(name: [.customShort("y"), .long], help: "Sign without asking.")
    var yes = false

    @Option(help: ArgumentHelp("Sign with this key instead.", valueName: "file"))
    var key: String?

    @Flag(help: "Print the council's answer as JSON.")
    var json = false

    /// The longest reasons, octets (docs/formats.md §1).
    private static let reasonOctetsMax = 16 * 1024

    /// What is to be signed.
    struct Content: Sendable {
        /// The operations.
        let operations: [JSONValue]
        /// Why.
        let reason: ReasonText?
        /// Texts outside the log that the statement names.
        let texts: [JSONValue]
    }

    func validate() throws {
        if documents.isEmpty && measures.isEmpty {
            throw ValidationError(
                "name what to change: -f FILE, --delete KIND/NAME, or one of "
                    + MeasureOptions.words)
        }
        if reason != nil && reasonFile != nil {
            throw ValidationError("give --reason or --reason-file, not both")
        }
        if reasonFile == "-" && documents.files.contains("-") {
            throw ValidationError("standard input can be the documents or the reasons, not both")
        }
    }

    /// Reads everything, shows the council's plan of it, and asks.
    ///
    /// - Throws: ``Complaint`` when something is wrong, or nobody agrees.
    func gather(_ pen: Pen) async throws(Complaint) -> Content {
        let files = documents.isEmpty ? [] : try documents.read().array ?? []
        let measures = try self.measures.read(for: pen.community)
        let operations = files + measures.operations
        let reason = ReasonText(try reasonText(admitting: measures.names))
        let plan = try await PlannedProposal.ask(.array(operations), of: pen.client.api)
        for line in plan.lines(style: .error) { Output.words(line) }
        try Consent.ask("Sign this and hand it in?", given: yes)
        return Content(
            operations: operations, reason: reason,
            texts: (reason.map { [$0.value] } ?? []) + measures.texts)
    }

    /// The reason, with the names of whom it is about: the log has only their digests.
    private func reasonText(admitting names: [String]) throws(Complaint) -> String? {
        var text = reason
        if let reasonFile {
            text = try LocalFile.readText(reasonFile, limit: Self.reasonOctetsMax)
        }
        guard !names.isEmpty else { return text }
        let list = "Admits: " + names.joined(separator: ", ") + "."
        return text.map { "\($0)\n\(list)" } ?? list
    }
}
