import ArgumentParser
import CanonicalJSON
import Governance
import Routing
import SSHSignature
import TransparencyLog

/// `commonway succeed sign`.
struct SucceedSignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign that this log goes on under another key.",
        discussion: """
            Verifies the copy of the log from its first entry, signs its size and root with the \
            next key, and prints the statement, which holds as long as the charter lets \
            statements wait. Members must sign the same copy: agree on its size first. Exit \
            status 1: the log does not hold, or the key is no elector's.
            """)

    @OptionGroup var log: LogOptions

    @Option(
        help: ArgumentHelp(
            "The verifier key of the next log, as its operator printed it.", valueName: "key"))
    var next: String

    @Option(help: ArgumentHelp("Your key.", valueName: "file"))
    var key = SigningKey.defaultPath

    @Option(
        name: .customShort("o"),
        help: ArgumentHelp("Write the statement here instead.", valueName: "file"))
    var output: String?

    @Flag(help: "Do not ask before signing.")
    var yes = false

    func run() async throws {
        let verifier: VerifierKey
        do throws(NoteKeyError) {
            verifier = try VerifierKey(text: next)
        } catch {
            throw Complaint.usage("not a verifier key: \(error)", at: "--next")
        }
        let key = try SigningKey(key)
        let verified = try await VerifiedLog.read(try log.card(), at: log.log) {
            http throws(Complaint) in try log.source(http)
        }
        let state = verified.state
        guard
            let member = state.members.first(where: { $0.keys.contains { $0.key == key.publicKey } }
            ),
            state.electorate(at: Moment.now).contains(member.number)
        else {
            throw Complaint.refused(
                "\(key.publicKey.fingerprint) is no elector's key in this log", at: key.path,
                next: "name another key with --key")
        }
        let checkpoint = verified.checkpoint.checkpoint
        Output.words("this log has \(checkpoint.size) entries, root \(checkpoint.root.hex)")
        Output.words("it is to go on as \(Output.plain(verifier.name)), under \(next)")
        try Consent.ask("Sign that, as member \(member.number)?", given: yes)
        var stmt = JSONObject()
        stmt["act"] = "succeed"
        stmt["by"] = .integer(Int64(member.number))
        stmt["log"] = .string(state.origin)
        stmt["nonce"] = .string(HexDigest.hex(HexDigest.randomOctets(16)))
        let validity = state.charter?.limits.statementValidity.milliseconds ?? 0
        stmt["until"] = .integer(Moment.now + validity)
        stmt["size"] = .integer(Int64(checkpoint.size))
        stmt["root"] = .string(checkpoint.root.hex)
        stmt["origin"] = .string(verifier.name)
        stmt["key"] = .string(next)
        let statement = JSONValue.object(stmt)
        let signed: JSONValue = [
            "stmt": statement, "sig": .string(try key.sign(statement).base64),
        ]
        guard let output else { return try Output.data(signed.canonicalText) }
        try LocalFile.writePublic(Array((signed.canonicalText + "\n").utf8), to: output)
        Output.words("written to \(output); give it to whoever carries the log on")
    }
}
