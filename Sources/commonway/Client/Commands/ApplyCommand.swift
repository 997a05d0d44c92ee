import ArgumentParser
import CanonicalJSON

/// `commonway apply zoe --community CARD`: signs the wish to become a member.
struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Ask to become a member: sign a join, for others to propose.",
        discussion: """
            Writes a file for any member, who proposes your admission with it \
            (commonway propose --admit FILE). Keep it: after the vote, commonway login --proof \
            --application FILE makes your account. Your number, key and votes are public for ever.
            """)

    @Argument(help: "The name that you want in the community.")
    var handle: String

    @Option(help: ArgumentHelp("The community card that members gave you.", valueName: "file"))
    var community: String

    @Option(help: ArgumentHelp("Your OpenSSH Ed25519 key.", valueName: "file"))
    var key: String = SigningKey.defaultPath

    @Option(name: .shortAndLong, help: ArgumentHelp("Write it to a file.", valueName: "file"))
    var output: String?

    func run() throws {
        guard FounderList.isHandle(handle) else {
            throw Complaint.usage(
                "\"\(Output.plain(handle))\" is no handle",
                next: "use 1…32 of a…z, 0…9 and -, beginning with a letter")
        }
        let card = try CardFile.read(community)
        let application = try Application(
            handle: handle, key: try SigningKey(key), origin: card.origin, now: Moment.now)
        try EnclosedOutput.write(application.fileText, to: output)
        Output.words("next: give it to a member, who runs commonway propose --admit FILE")
    }
}

/// The community card from a file.
enum CardFile {
    /// Reads a card.
    ///
    /// - Throws: ``Complaint`` when the file holds none.
    static func read(_ file: String) throws(Complaint) -> PinnedCard {
        guard let card = PinnedCard(try EnclosedFile.read(file)) else {
            throw .usage("not a community card", at: file)
        }
        return card
    }
}

/// Where a file that a command makes goes.
enum EnclosedOutput {
    /// Writes to a file, or to standard output.
    ///
    /// - Throws: ``Complaint`` when it cannot be written.
    static func write(_ text: String, to file: String?) throws(Complaint) {
        guard let file else { return try Output.data(String(text.dropLast())) }
        try LocalFile.createPrivate(
            Array(text.utf8), at: LocalFile.expanded(file))
        Output.words("written: \(file)")
    }
}
