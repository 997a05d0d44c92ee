import ArgumentParser
import CanonicalJSON
import LogReader

/// `commonway backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Back up what the published log lacks.",
        discussion: """
            Into FOLDER, new or empty, go the log key, handles, texts, passwords and invitations, \
            and what was last put to the key; files of mode 0600. The council may run. The log's \
            own backup is its published files: copy them too, as often as you like. Whoever has \
            this folder can speak as the log: keep it as you keep the key.
            """)

    @Argument(help: "The folder to write, new or empty.")
    var folder: String

    @Option(help: ArgumentHelp("The community's folder.", valueName: "folder"))
    var data: String

    @Flag(help: "Print the backup's manifest as JSON.")
    var json = false

    func run() async throws {
        let source = DataFolder(data)
        try source.requireCommunity()
        let backup = BackupFolder(folder)
        let manifest = try backup.write(source, now: Moment.now)
        try Output.data(json ? manifest.canonicalText : backup.path)
        Output.words("next, when it is needed: commonway restore \(folder) --data DIR --log LOG")
    }
}

/// `commonway restore`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Set a community up again, from a backup and its log.",
        discussion: """
            Into DIR, new or empty, go the backup's files, and a database made from the published \
            log (--log), verified from its first entry. A backup older than the log catches up; a \
            log older than what the backup knows was signed is refused, since going on from it \
            would be a second history. Ask gateways, witnesses and members for the newest \
            checkpoint that they saw, and name it with --seen. Exit status 1: something does not \
            hold; nothing is left in DIR.
            """)

    @Argument(help: "The folder that commonway backup wrote.")
    var folder: String

    @Option(help: ArgumentHelp("The folder to set up, new or empty.", valueName: "folder"))
    var data: String

    @Option(
        help: ArgumentHelp(
            "The newest copy of the published log: a folder, or its address.",
            valueName: "folder|url"))
    var log: String

    @Option(
        help: ArgumentHelp(
            "A checkpoint that somebody saw: the log must not be behind it. Repeatable.",
            valueName: "file"))
    var seen: [String] = []

    @Flag(
        name: .customLong("insecure"),
        help: "Allow plain http to another machine: anybody on the way sees that the log is read.")
    var allowsPlainHTTP = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let backup = BackupFolder(folder)
        try backup.check()
        let target = DataFolder(data)
        try target.make()
        do {
            try backup.place(in: target)
            let place = LogPlace(text: log, allowsPlainHTTP: allowsPlainHTTP).insideData
            let rebuilt = try await LogRebuild(folder: target, place: place, seen: seen).perform()
            var troubles: [String] = []
            let isSame = try await Handles.compare(in: target, with: rebuilt.log.state) {
                troubles.append($0)
            }
            guard isSame else {
                throw Complaint.refused(
                    troubles.joined(separator: "\n"), at: backup.path,
                    next: "take a backup of this community")
            }
            for trouble in troubles { Output.words(trouble) }
            try KeptReport(folder: target, rebuilt: rebuilt, json: json).print()
        } catch {
            target.unmake()
            throw error
        }
        if seen.isEmpty {
            Output.words(
                "note: only gateways, witnesses and members know whether a later checkpoint was "
                    + "signed; compare before you serve")
        }
        Output.words("next: commonway serve --data \(data)")
    }
}
