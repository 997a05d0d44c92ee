import ArgumentParser
import CanonicalJSON
import SSHSignature

/// `commonway key enrol`: puts a further key in force, by a statement that both keys sign.
struct KeyEnrolCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol", abstract: "Enrol a further key, such as a browser's.",
        discussion: """
            The statement is signed twice: by a key of yours in force and by the new one. \
            With -f the new key has signed already, elsewhere: the file is the JSON that the web \
            page offers, {"stmt":…,"cosig":…}. With --new-key both keys are on this machine.
            """)

    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: ArgumentHelp("What the new key signed; - is standard input.", valueName: "file"))
    var file: String?

    @Option(
        name: .customLong("new-key"),
        help: ArgumentHelp("The new key, on this machine.", valueName: "file"))
    var newKey: String?

    @Option(help: ArgumentHelp("Sign with this key in force.", valueName: "file"))
    var key: String?

    @Flag(name: [.customShort("y"), .long], help: "Sign without asking.")
    var yes = false

    @Flag(help: "Print the council's answer as JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func validate() throws {
        if (file == nil) == (newKey == nil) {
            throw ValidationError("give either -f FILE or --new-key FILE")
        }
    }

    func run() async throws {
        let client = try options.client()
        let pen = try await Pen.take(client, keyPath: key)
        let enrolment: KeyEnrolment
        if let newKey {
            enrolment = try KeyEnrolment(of: SigningKey(newKey), draft: pen.draft())
        } else {
            let octets = try LocalFile.read(file ?? "-", limit: LocalFile.documentOctetsMax)
            enrolment = try KeyEnrolment(octets: octets, place: file ?? "-")
        }
        try enrolment.check(
            member: pen.membership.member, origin: pen.membership.card.origin, now: Moment.now)
        Output.words("a further key that can vote as member \(pen.membership.member):")
        Output.words("  new key      \(enrolment.key.fingerprint)")
        Output.words("  signed with  \(pen.key.publicKey.fingerprint)")
        Output.words("  for the log  \(pen.membership.card.origin)")
        try confirm()
        let answer = try await pen.handIn(
            enrolment.statement, cosignature: enrolment.cosignature.base64)
        try pen.report(
            answer, asJSON: json, data: HexDigest.of(enrolment.statement),
            words: "key \(enrolment.key.fingerprint) is in force")
    }

    private func confirm() throws(Complaint) {
        // With both keys on this machine the command line said already whose key it is.
        if yes || newKey != nil { return }
        guard Terminal.isInteractive else {
            throw .usage(
                "nobody is there to agree; nothing was signed", next: "repeat with --yes")
        }
        guard Terminal.confirms("Is that the fingerprint that the other side shows?") else {
            throw .usage("nothing was signed")
        }
    }
}
