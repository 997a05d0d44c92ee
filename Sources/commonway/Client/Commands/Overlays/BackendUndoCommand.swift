import ArgumentParser
import CanonicalJSON
import Governance

/// `commonway backend undo NAME --keeper 3`: says that a keeper should not have moved a backend.
struct BackendUndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Sign that a keeper's endpoints of a backend go, and that they keep it no more.",
        discussion: """
            Once enough electors have signed, the backend is served as ratified, and that member \
            moves it no more. Whatever lists the keeper gives meanwhile, your signature counts.
            """)

    @Argument(help: "The backend's name.")
    var name: String

    @Option(help: "The keeper's number.")
    var keeper: Int64

    @Flag(name: [.customShort("y"), .long], help: "Sign without asking.")
    var yes = false

    @Option(help: ArgumentHelp("Sign with this key instead.", valueName: "file"))
    var key: String?

    @Flag(help: "Print the council's answer as JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let typed = try DocumentInForce.name(typed: "Backend/\(name)")
        let client = try options.client()
        let pen = try await Pen.take(client, keyPath: key)
        let list = try await OverlayList.ask(client.api)
        guard let moved = list.endpoints(ofBackend: name), moved["by"] == [.integer(keeper)] else {
            throw Complaint.refused(
                "unknown-overlay: \(typed) has no endpoints by member \(keeper)",
                next: "commonway emergency list shows what stands without a vote")
        }
        Output.words(OverlayText(list: list, now: Moment.now).line(moved))
        let signed = list.undoing(name, of: keeper)
        Output.words("  to undo it \(MemberText.list(signed)) signed so far" + needed(pen))
        try Consent.ask("Undo it?", given: yes)
        let statement = pen.draft().undo(backend: name, keeper: keeper)
        let answer = try await pen.handIn(statement)
        try pen.report(
            answer, asJSON: json, data: HexDigest.of(statement),
            words: "undo of member \(keeper) on \(typed)")
        let isUndone = try await OverlayList.ask(client.api).isUndone(name, keeper)
        Output.words(
            isUndone
                ? "\(typed) is served as ratified; member \(keeper) keeps it no more"
                : "next: other electors run commonway backend undo \(name) --keeper \(keeper)")
    }

    private func needed(_ pen: Pen) -> String {
        guard let charter = try? Charter(pen.community.charter),
            let electors = pen.community.value["electors"]?.integer
        else { return "" }
        return ", of \(charter.keepers.needed(of: Int(clamping: electors))) electors needed"
    }
}
