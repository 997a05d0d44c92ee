import ArgumentParser
import CanonicalJSON

/// `commonway members`: who takes part.
struct MembersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "members", abstract: "List the members and their keys.")

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let members = try await options.client().api.list("/members")
        if json { return try Output.data(JSONValue.items(members).canonicalText) }
        var columns = Columns("NUMBER", "HANDLE", "JOINED", "VOTES", "KEYS")
        for member in members {
            columns.add(
                "\(member["number"]?.integer ?? 0)", member["handle"]?.string ?? "-",
                member["joined"]?.integer.map { Moment.text($0) } ?? "not yet",
                Self.votes(member), KeyText.list(member))
        }
        try columns.write()
    }

    private static func votes(_ member: JSONValue) -> String {
        if member["expelled"]?.bool == true { return "expelled" }
        if member["left"] != nil { return "left" }
        return member["elector"]?.bool == true ? "yes" : "not yet"
    }
}
