import AsyncHTTPClient
import Foundation
import LogHTTP
import LogReader

/// Where a published log is, as typed: a folder, or its address.
struct LogPlace {
    /// As typed.
    let text: String
    /// Whether plain http to another machine was allowed.
    let allowsPlainHTTP: Bool

    /// The folder, when the log is one.
    var folder: URL? {
        text.hasPrefix("http://") || text.hasPrefix("https://")
            ? nil : URL(fileURLWithPath: LocalFile.expanded(text), isDirectory: true)
    }

    /// Opens the source.
    ///
    /// - Parameters:
    ///   - client: Who asks over HTTP.
    ///   - option: What complaints call the place.
    /// - Throws: ``Complaint`` for an address that is refused.
    func source(_ client: HTTPClient, option: String) throws(Complaint) -> any LogSource {
        if let folder { return FolderSource(folder: folder) }
        let host = URLComponents(string: text)?.host ?? ""
        let isLocal = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
        do {
            return try HTTPSource(
                address: text, allowsPlainHTTP: allowsPlainHTTP || isLocal, client: client)
        } catch {
            throw .usage("\(error)", at: option, next: "use https, a folder, or say --insecure")
        }
    }

    /// Reads a community card.
    ///
    /// - Throws: ``Complaint`` with what is malformed.
    static func card(in file: String) throws(Complaint) -> CommunityCard {
        let octets = try LocalFile.read(file, limit: CommunityCard.octetsMax)
        do {
            return try CommunityCard(octets: octets)
        } catch {
            throw .usage("\(error)", at: file, next: "ask the community for its card")
        }
    }
}
