import ArgumentParser
import AsyncHTTPClient
import Foundation
import LogHTTP
import LogReader

/// Which log to follow, and what pins it.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The published log: a folder, or its address.", valueName: "folder|url"))
    var log: String

    @Option(help: ArgumentHelp("The community card that pins it.", valueName: "file"))
    var community: String

    @Flag(
        name: .customLong("insecure"),
        help: "Allow plain http to another machine: anybody on the way sees that the log is read.")
    var allowsPlainHTTP = false

    /// Reads the card.
    ///
    /// - Throws: ``Complaint`` with what is malformed.
    func card() throws(Complaint) -> CommunityCard {
        let octets = try LocalFile.read(community, limit: CommunityCard.octetsMax)
        do {
            return try CommunityCard(octets: octets)
        } catch {
            throw .usage("\(error)", at: community, next: "ask the community for its card")
        }
    }

    /// The folder, when the log is one.
    var folder: URL? {
        log.hasPrefix("http://") || log.hasPrefix("https://")
            ? nil : URL(fileURLWithPath: LocalFile.expanded(log), isDirectory: true)
    }

    /// Opens the source.
    ///
    /// - Parameter client: Who asks over HTTP.
    /// - Throws: ``Complaint`` for an address that is refused.
    func source(_ client: HTTPClient) throws(Complaint) -> any LogSource {
        if let folder { return FolderSource(folder: folder) }
        let host = URLComponents(string: log)?.host ?? ""
        let isLocal = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
        do {
            return try HTTPSource(
                address: log, allowsPlainHTTP: allowsPlainHTTP || isLocal, client: client)
        } catch {
            throw .usage("\(error)", at: "--log", next: "use https, a folder, or say --insecure")
        }
    }
}
