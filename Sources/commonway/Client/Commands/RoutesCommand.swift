import ArgumentParser
import CanonicalJSON

/// `commonway routes`: the documents in force, and the vote that each stands on.
struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "List routes and backends in force, and the proposal that each stands on.")

    @Option(help: "Only this kind, such as HTTPRoute or Backend.")
    var kind: String?

    @Flag(help: "Print JSON, with the whole documents.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let query = kind.map { [("kind", $0)] } ?? []
        let documents = try await options.client().api.list("/documents", query: query)
        if json { return try Output.data(JSONValue.items(documents).canonicalText) }
        guard !documents.isEmpty else { return Output.words("nothing is in force yet") }
        var columns = Columns("KIND", "NAME", "FOR", "PROPOSAL", "ENTRY", "DIGEST")
        for document in documents {
            columns.add(
                document["kind"]?.string ?? "?", document["name"]?.string ?? "?",
                Self.subject(document["document"]),
                document["proposal"]?.integer.map { "\($0)" } ?? "-",
                document["entry"]?.integer.map { "\($0)" } ?? "-",
                String((document["digest"]?.string ?? "").prefix(12)))
        }
        try columns.write()
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
