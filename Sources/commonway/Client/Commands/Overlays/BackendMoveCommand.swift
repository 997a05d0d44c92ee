import ArgumentParser
import CanonicalJSON

/// `commonway backend move NAME`: gives a backend other endpoints at once, as its keeper.
struct BackendMoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Give a backend that you keep other endpoints, at once and without a vote.",
        discussion: """
            The whole list, each address inside the networks that members voted for. It lasts \
            until a keeper gives another list, a vote changes the backend's endpoints, keepers or \
            networks, or electors undo it.
            """)

    @Argument(help: "The backend's name.")
    var name: String

    @OptionGroup var endpoints: EndpointOptions

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
        let item = try await DocumentInForce.get(typed, client.api)
        let document = item["document"] ?? [:]
        let list = try await OverlayList.ask(client.api)
        try checkKeeper(pen.membership.member, document, list)
        let value = try endpoints.value(of: document)
        let ratified = EndpointOptions.array(in: document)
        for line in lines(from: list, ratified, to: value) { Output.words(line) }
        try Consent.ask("Sign this and hand it in?", given: yes)
        // Signed over what is shown, not over what the council says its digest is.
        let statement = pen.draft().endpoints(
            backend: name, document: HexDigest.of(document), value)
        let answer = try await pen.handIn(statement)
        try pen.report(
            answer, asJSON: json, data: HexDigest.of(statement), words: "\(typed) is moved")
    }

    private func checkKeeper(
        _ member: Int64, _ document: JSONValue, _ list: OverlayList
    ) throws(Complaint) {
        let keepers = ((document["spec"] ?? document)["keepers"]?.array ?? []).compactMap(\.integer)
        let next = "propose the change: commonway propose -f FILE"
        guard keepers.contains(member) else {
            throw .refused(
                "not-a-keeper: you are no keeper of Backend/\(name), that is "
                    + "\(MemberText.list(keepers)); nothing was sent",
                next: next)
        }
        if list.isUndone(name, member) {
            throw .refused(
                "not-a-keeper: members undid what you did to Backend/\(name); nothing was sent",
                next: next)
        }
    }

    private func lines(
        from list: OverlayList, _ ratified: JSONValue?, to value: JSONValue
    ) -> [String] {
        let moved = list.endpoints(ofBackend: name)
        let isRatified = value == ratified
        var lines = [
            "Backend/\(name): \(OverlayText.endpoints(value))"
                + (isRatified ? ", as ratified: nothing is laid over it then" : ""),
            "  in place of \(OverlayText.endpoints(moved?["endpoints"] ?? ratified))"
                + (moved.map { ", by \(MemberText.list($0["by"]))" } ?? ", as ratified"),
        ]
        if list.emergency(on: "Backend/\(name)") != nil {
            lines.append("  without effect while stewards have it restored")
        }
        if !isRatified {
            lines.append("  until another list, a vote on its places or keepers, or undone")
        }
        return lines
    }
}
