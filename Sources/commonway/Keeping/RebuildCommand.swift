import ArgumentParser
import CanonicalJSON
import Council
import Foundation
import Governance
import LogReader
import Store
import TransparencyLog

/// `commonway rebuild`.
struct RebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Make the council's database from the published log.",
        discussion: """
            The council must not run. The log is verified from its first entry, as auditors do, \
            and must have every entry that was ever put to the log key; then a new journal takes \
            the old one's place, which is kept beside it. Handles and passwords are not in the \
            log: they stay as they are, or come from a backup. Exit status 1: the log does not \
            hold, or is behind what was signed; nothing is changed.
            """)

    @Option(help: ArgumentHelp("The community's folder.", valueName: "folder"))
    var data: String

    @Option(
        help: ArgumentHelp(
            "The published log; without it, the one in the community's folder.",
            valueName: "folder|url"))
    var log: String?

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
        let folder = DataFolder(data)
        try folder.requireCommunity()
        let place = LogPlace(
            text: log ?? folder.log.path, allowsPlainHTTP: allowsPlainHTTP
        ).insideData
        let rebuilt = try await LogRebuild(folder: folder, place: place, seen: seen).perform()
        try KeptReport(folder: folder, rebuilt: rebuilt, json: json).print()
        try await Handles.compare(in: folder, with: rebuilt.log.state) { Output.words($0) }
        Output.words("next: commonway serve --data \(data)")
    }
}

/// What `rebuild` and `restore` say when they are done.
struct KeptReport {
    let folder: DataFolder
    let rebuilt: LogRebuild.Rebuilt
    let json: Bool

    func print() throws(Complaint) {
        let checkpoint = rebuilt.log.checkpoint.checkpoint
        if json {
            var object = JSONObject()
            object["data"] = .string(folder.root.path)
            object["old"] = rebuilt.old.map { .string($0) }
            object["origin"] = .string(checkpoint.origin)
            object["root"] = .string(checkpoint.root.hex)
            object["size"] = .integer(Int64(checkpoint.size))
            return try Output.data(JSONValue.object(object).canonicalText)
        }
        try Output.data("\(checkpoint.size) entries, root \(checkpoint.root.hex)")
        if let old = rebuilt.old { Output.words("the database before is kept in \(old)") }
    }
}

/// The handles that the council keeps, beside those that the log means.
enum Handles {
    /// Compares the handles kept with the salted digests in the log.
    ///
    /// - Parameter tell: Told each trouble in words.
    /// - Returns: Whether every handle kept is the log's.
    @discardableResult
    static func compare(
        in folder: DataFolder, with state: State, _ tell: (String) -> Void
    ) async throws(Complaint) -> Bool {
        do {
            let store = try Store(path: folder.store.path)
            let records = try await store.records.handles()
            try store.close()
            let wrong = records.filter { state.member($0.member)?.handle != $0.hash }
            for record in wrong {
                tell("the handle kept for member \(record.member) is not the one in the log")
            }
            let missing = state.members.count - (records.count - wrong.count)
            if missing > 0 {
                tell(
                    "note: \(missing) of \(state.members.count) members have no handle here; "
                        + "commonway restore takes them from a backup")
            }
            return wrong.isEmpty
        } catch {
            throw .refused("the people's database: \(error)", at: folder.store.path)
        }
    }
}
