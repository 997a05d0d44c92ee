import ArgumentParser
import CanonicalJSON
import Foundation
import Governance
import LogReader
import Routing

/// Which documents are asked about: those of files, those of a log, or the council's log.
struct TableOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Documents that count as ratified in their order; - is standard input. Repeatable.",
            valueName: "file"))
    var documents: [String] = []

    @Option(
        help: ArgumentHelp("A published log instead of the council's.", valueName: "url|folder"))
    var against: String?

    @Option(
        help: ArgumentHelp(
            "The community card that pins the log; without it, the one remembered.",
            valueName: "file"))
    var community: String?

    func validate() throws {
        if !documents.isEmpty && (against != nil || community != nil) {
            throw ValidationError("--documents needs no log; leave out --against and --community")
        }
    }

    /// Whether a base was named, so that no council is asked.
    var namesBase: Bool { !documents.isEmpty || against != nil || community != nil }

    /// Reads what is in force.
    ///
    /// - Throws: ``Complaint`` for files that are no documents, or a log that does not hold.
    func read(_ client: ClientOptions) async throws -> DocumentsInForce {
        if !documents.isEmpty {
            return DocumentsInForce(
                documents: try DocumentFiles.inForce(documents), log: nil, logPlace: nil)
        }
        let choice = LogChoice(against: against, community: community)
        let place = try choice.place(client)
        let log = try await choice.read(place, client)
        return DocumentsInForce(
            documents: log.state.documents, log: log, logPlace: place.text)
    }
}

/// What is in force, and the log that says so.
struct DocumentsInForce {
    /// The documents.
    let documents: DocumentSet
    /// The log; `nil` for documents of files.
    let log: VerifiedLog?
    /// Where the log is.
    let logPlace: String?

    /// What the next enactment would be, for plans.
    var nextEnactment: Enactment {
        Enactment(
            entry: log?.state.entries ?? documents.documents.count,
            proposal: (log?.state.proposals.count ?? documents.documents.count) + 1)
    }
}

extension ClientOptions {
    /// The client for the chosen council; `nil` when none is named or remembered.
    ///
    /// - Throws: ``Complaint`` for an address that is refused.
    func clientIfNamed() throws(Complaint) -> Client? {
        let remembered = try ClientFolder(typed: config).lastUsed()
        return council == nil && remembered == nil ? nil : try client()
    }
}

extension LogPlace {
    /// The log inside, when a community's data folder was named.
    var insideData: LogPlace {
        guard let folder, !Self.isThere("checkpoint", in: folder),
            Self.isThere("log/checkpoint", in: folder)
        else { return self }
        return LogPlace(
            text: folder.appendingPathComponent("log").path, allowsPlainHTTP: allowsPlainHTTP)
    }

    /// The card that stands beside the log, as in a community's data folder.
    var cardBeside: String? {
        guard let above = folder?.deletingLastPathComponent(),
            Self.isThere("community.json", in: above)
        else { return nil }
        return above.appendingPathComponent("community.json").path
    }

    private static func isThere(_ name: String, in folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }
}
