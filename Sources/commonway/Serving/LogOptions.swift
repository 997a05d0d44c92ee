import ArgumentParser
import AsyncHTTPClient
import Foundation
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
    func card() throws(Complaint) -> CommunityCard { try LogPlace.card(in: community) }

    /// The folder, when the log is one.
    var folder: URL? { place.folder }

    private var place: LogPlace { LogPlace(text: log, allowsPlainHTTP: allowsPlainHTTP) }

    /// Opens the source.
    ///
    /// - Parameter client: Who asks over HTTP.
    /// - Throws: ``Complaint`` for an address that is refused.
    func source(_ client: HTTPClient) throws(Complaint) -> any LogSource {
        try place.source(client, option: "--log")
    }
}
