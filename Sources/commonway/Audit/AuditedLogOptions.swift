import ArgumentParser
import Governance
import LogReader

/// Which log an audit reads: as `why` and `plan` name it, or as `audit verify` does.
struct AuditedLogOptions: ParsableArguments {
    @Option(
        name: [.customLong("against"), .customLong("log")],
        help: ArgumentHelp(
            "The published log; without it, the log of the council used last.",
            valueName: "url|folder"))
    var against: String?

    @Option(
        help: ArgumentHelp(
            "The community card that pins the log; without it, the one remembered.",
            valueName: "file"))
    var community: String?

    @OptionGroup var client: ClientOptions

    /// Reads the whole log and recomputes it before anything is said about it.
    ///
    /// - Parameter each: Told every entry as it is taken; it counts only once this returned.
    /// - Returns: The log, its card, and what complaints call it.
    func read(
        each: @escaping (TakenEntry, State) -> Void
    ) async throws -> (log: VerifiedLog, card: CommunityCard, place: String) {
        let choice = LogChoice(against: against, community: community)
        let place = try choice.place(client)
        let card = try await choice.card(for: place, client)
        let log = try await VerifiedLog.read(card, at: place.text, each: each) {
            http throws(Complaint) in
            try place.source(http, option: "--against")
        }
        return (log, card, place.text)
    }
}
