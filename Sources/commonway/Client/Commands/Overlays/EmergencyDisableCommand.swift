import ArgumentParser
import CanonicalJSON

/// `commonway emergency disable ROUTE`: has a route's requests answered with 503, for a while.
struct EmergencyDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Have the requests of a route answered with 503, as a steward.",
        discussion: """
            The route keeps its matches, so that its requests go nowhere else. Shows what your \
            signature does and for how long, asks, signs and hands it in. It cannot be taken back.
            """)

    @Argument(help: "The route's name.")
    var route: String

    @Flag(name: [.customShort("y"), .long], help: "Sign without asking.")
    var yes = false

    @Option(help: ArgumentHelp("Sign with this key instead.", valueName: "file"))
    var key: String?

    @Flag(help: "Print the council's answer as JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let plain = route.hasPrefix("HTTPRoute/") ? String(route.dropFirst(10)) : route
        let name = try DocumentInForce.name(typed: "HTTPRoute/\(plain)")
        let client = try options.client()
        let room = try await EmergencyRoom.enter(client, keyPath: key)
        let document = try await DocumentInForce.get(name, client.api)
        let standing = try room.joined(name) { $0["kind"]?.string == "disable" }
        let hosts = RoutesCommand.subject(document["document"])
        try await room.sign(
            room.pen.draft().disable(route: plain), about: name,
            effect: [
                "\(name) (\(Output.plain(hosts == "-" ? "every host" : hosts))): "
                    + "every request of it gets 503"
            ],
            standing: standing, command: "commonway emergency disable \(plain)", yes: yes,
            json: json)
    }
}
