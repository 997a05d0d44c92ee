import ArgumentParser
import CanonicalJSON
import Governance

/// `commonway audit log`: what a log says, entry by entry, after it was verified.
struct AuditLogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "List entries of a log, verified first.",
        discussion: """
            The whole log is recomputed before anything is printed. Filters narrow what is shown: \
            of one given several times any value will do, and different ones must all hold. \
            --json prints one line of canonical JSON for each entry. Exit status 0, also when \
            nothing fits; 1: the log is not what its rules give, and nothing is printed.
            """)

    @OptionGroup var source: AuditedLogOptions

    @Option(help: ArgumentHelp("Entries of this time (UTC) or later.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Entries before this time (UTC).", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("Statements of this act, such as ballot.", valueName: "act"))
    var act: [String] = []

    @Option(help: ArgumentHelp("Entries of this kind, such as close.", valueName: "kind"))
    var kind: [String] = []

    @Option(help: ArgumentHelp("Statements by this member.", valueName: "number"))
    var member: [Int] = []

    @Option(help: ArgumentHelp("Entries about this proposal.", valueName: "number"))
    var proposal: [Int] = []

    @Option(
        help: ArgumentHelp(
            "Entries about this route, or Backend/NAME: proposals that touch it, what is laid over "
                + "it without a vote, refusals.", valueName: "name"))
    var route: [String] = []

    @Flag(help: "Print a line of JSON for each entry.")
    var json = false

    func run() async throws {
        let filter = try filter()
        var entries = AuditedEntries()
        // Texts, not values: a log of 100,000 entries is some 100 MiB of them.
        var lines: [String] = []
        var words: Set<String> = []
        let (log, _, _) = try await source.read { taken, state in
            let entry = entries.take(taken, state)
            words.formUnion([entry.kind, entry.act].compactMap { $0 })
            let touched = (entry.proposal.flatMap { entries.documents[$0] } ?? [])
                .union(entry.documents)
            guard filter.wants(entry, touching: touched) else { return }
            lines.append(json ? entry.line.canonicalText : EntryText.line(entry))
        }
        for line in lines { try Output.data(line) }
        for word in act + kind where !words.contains(word) {
            Output.words("note: no entry of this log is a \(Output.plain(word))")
        }
        Output.words(
            "\(lines.count) of \(log.state.entries) entries; all of the log is what its rules give")
    }

    private func filter() throws(Complaint) -> AuditFilter {
        AuditFilter(
            since: try TypedTime.read(since, option: "--since"),
            until: try TypedTime.read(until, option: "--until"), acts: act, kinds: kind,
            members: member, proposals: proposal, documents: route.map { AuditFilter.document($0) })
    }
}
