import ArgumentParser
import CanonicalJSON
import SSHSignature

/// `commonway key list`: one's own keys in force.
struct KeyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List your keys in force.")

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = try options.client()
        let membership = try client.member()
        let member = try await client.api.get("/members/\(membership.member)")
        let keys = member["keys"]?.array ?? []
        if json { return try Output.data(JSONValue.items(keys).canonicalText) }
        let own = try? SigningKey(membership.keyPath)
        var columns = Columns("FINGERPRINT", "SINCE", "HERE")
        for key in keys {
            let line = key["key"]?.string ?? ""
            columns.add(
                KeyText.fingerprint(line), key["from"]?.integer.map { Moment.text($0) } ?? "-",
                own?.publicKey.openSSHText == line ? membership.keyPath : "")
        }
        try columns.write()
    }
}
