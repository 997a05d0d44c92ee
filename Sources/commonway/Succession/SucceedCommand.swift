import ArgumentParser
import Council
import TransparencyLog

/// `commonway succeed`: members carry a log on whose operator is gone.
struct SucceedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "succeed",
        abstract: "Carry the log on without the operator who had it.",
        discussion: """
            When the operator is gone, or the log key lost, members need no council to go on. \
            Whoever will run it makes a key (succeed key); members sign that this log goes on \
            under that key (succeed sign), each by themselves, on the copy of the log that they \
            have; with as many as a constitutional vote takes, the successor makes the log whole \
            (succeed start) and hands out its community card; whoever follows the log checks that \
            card against the one they had (succeed accept).
            """,
        subcommands: [
            SucceedKeyCommand.self, SucceedSignCommand.self, SucceedStartCommand.self,
            SucceedAcceptCommand.self,
        ])
}

/// `commonway succeed key`.
struct SucceedKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make the key of the log that carries this one on.",
        discussion: "Prints the verifier key that members name when they sign.")

    @Option(help: ArgumentHelp("The successor's folder; new or empty.", valueName: "folder"))
    var data: String

    @Option(help: ArgumentHelp("The next origin, such as gw.example.net/log.", valueName: "name"))
    var origin: String

    func run() throws {
        let folder = DataFolder(data)
        try folder.make()
        try SecretLogKey(file: folder.logKey, origin: origin).make()
        try Output.data(try DataFolder.signer(at: folder.logKey).verifier.text)
        Output.words("members sign with: commonway succeed sign --next KEY --log … --community …")
    }
}
