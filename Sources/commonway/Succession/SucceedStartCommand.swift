import ArgumentParser
import AsyncHTTPClient
import CanonicalJSON
import Council
import Foundation
import Governance
import LogHTTP
import LogReader
import Store
import TransparencyLog

/// `commonway succeed start`.
struct SucceedStartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Carry a log on, with what enough members signed.",
        discussion: """
            Verifies the former log from its first entry, makes the database of it in the \
            successor's folder, appends what members signed, and prints the next community card. \
            Handles and passwords are not in the log: members come back with commonway login \
            --proof. Exit status 1: the log does not hold, or too few signed; nothing is made.
            """)

    @Option(
        help: ArgumentHelp(
            "The successor's folder, as succeed key made it.", valueName: "folder"))
    var data: String

    @OptionGroup var log: LogOptions

    @Option(
        name: .customShort("f"), parsing: .upToNextOption,
        help: ArgumentHelp("What members signed; one file each.", valueName: "file"))
    var files: [String] = []

    func run() async throws {
        let folder = DataFolder(data)
        let signer = try DataFolder.signer(at: folder.logKey)
        guard !FileManager.default.fileExists(atPath: folder.card.path) else {
            throw Complaint.usage(
                "a community lives here already", at: folder.root.path,
                next: "commonway serve --data \(data)")
        }
        let statements = try files.map(SuccessionFile.read)
        let former = try log.card()
        let rebuild: JournalRebuild
        do throws(StoreError) {
            rebuild = try JournalRebuild(path: folder.store.path)
        } catch {
            throw Complaint.refused("\(error)", at: folder.store.path)
        }
        do {
            try await fill(rebuild.journal, former)
            let state = try await Succession(statements: statements).write(
                to: rebuild.journal, now: Moment.now)
            guard signer.verifier.isWritten(state.logKey) else {
                throw Complaint.refused(
                    "members named the key \(Output.plain(state.logKey)), not this folder's",
                    at: folder.logKey.path, next: "start where that key is")
            }
            _ = try rebuild.finish(keepingOldAs: "before-\(Moment.now)")
            let card = CommunityCard(
                origin: state.origin, key: state.logKey, constituted: former.constituted,
                witnesses: former.witnesses)
            try DurableFile.write(
                Array((card.value.canonicalText + "\n").utf8), to: folder.card)
            try Output.data(card.value.canonicalText)
            Output.words("give this card to everybody who follows the log, then run")
            Output.words("commonway serve --data \(data)")
        } catch {
            rebuild.abandon()
            switch error {
            case let fault as FollowFault:
                throw VerifiedLog.complaint(about: fault, at: log.log)
            case is Complaint: throw error
            default: throw Complaint.refused("\(error)", at: log.log)
            }
        }
    }

    /// Verifies the former log and writes each entry down as it is taken.
    private func fill(_ journal: SQLiteJournal, _ card: CommunityCard) async throws {
        let client = HTTPSource.makeClient()
        var writer = JournalWriter(journal)
        do {
            _ = try await VerifiedLog(card, try log.source(client)) { taken, _ in
                writer.take(taken)
            }
            try await client.shutdown()
        } catch {
            try await client.shutdown()
            throw error
        }
        try writer.finish()
    }
}

/// A file with what one member signed.
enum SuccessionFile {
    private static let octetsMax = 16_384

    /// Reads one.
    ///
    /// - Throws: ``Complaint`` with what is malformed.
    static func read(_ path: String) throws(Complaint) -> JSONValue {
        let octets = try LocalFile.read(path, limit: octetsMax)
        do {
            let value = try JSONValue(
                parsing: octets, form: .relaxed,
                limits: JSONLimits(octetsMax: octetsMax, depthMax: 8))
            var reader = try ObjectReader(value)
            _ = try SuccessionStatement(&reader)
            try reader.finish()
            return value
        } catch {
            throw .usage(
                "not a signed succession: \(error)", at: path,
                next: "members make one with commonway succeed sign")
        }
    }
}
