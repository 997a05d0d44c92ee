import ArgumentParser
import CanonicalJSON

/// `commonway routes`: the documents in force, and the vote that each stands on.
struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "List routes and backends in force, and the proposal that each stands on.",
        discussion: """
            SERVED says what stewards, keepers or the operator laid over it without a vote, and \
            until when; commonway emergency list shows by whom.
            """)

    @Option(help: "Only this kind, such as HTTPRoute or Backend.")
    var kind: String?

    @Flag(help: "Print JSON, with the whole documents.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let query = kind.map { [("kind", $0)] } ?? []
        let api = try options.client().api
        let documents = try await api.list("/documents", query: query)
        if json { return try Output.data(JSONValue.items(documents).canonicalText) }
        let overlays = try await OverlayList.ask(api)
        if documents.isEmpty { Output.words("nothing is in force yet") }
        let text = OverlayText(list: overlays, now: Moment.now)
        var columns = Columns("KIND", "NAME", "FOR", "PROPOSAL", "ENTRY", "DIGEST", "SERVED")
        for document in documents {
            let kind = document["kind"]?.string ?? "?"
            let name = document["name"]?.string ?? "?"
            columns.add(
                kind, name, Self.subject(document["document"]),
                document["proposal"]?.integer.map { "\($0)" } ?? "-",
                document["entry"]?.integer.map { "\($0)" } ?? "-",
                String((document["digest"]?.string ?? "").prefix(12)),
                text.short("\(kind)/\(name)", effect: document["overlay"]?.string))
        }
        try columns.write()
        // In words, since a column has no room for by whom, and a table none for what is restored
        // and not in force.
        for line in text.standing where kind.map({ line.hasPrefix("\($0)/") }) ?? true {
            Output.words("note: \(line)")
        }
    }

    /// What a document is for: a route's hostnames, a backend's addresses; in either spelling.
    static func subject(_ document: JSONValue?) -> String {
        let spec = document?["spec"] ?? document
        let hostnames = spec?["hostnames"]?.array?.compactMap { $0.string } ?? []
        let endpoints = (spec?["endpoints"]?.array ?? []).map { endpoint in
            (endpoint["address"]?.string ?? endpoint["unix"]?.string ?? "?")
                + (endpoint["port"]?.integer.map { ":\($0)" } ?? "")
        }
        let words = hostnames + endpoints
        return words.isEmpty ? "-" : words.joined(separator: ",")
    }
}
