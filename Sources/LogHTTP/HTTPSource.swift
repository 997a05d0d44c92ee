package import AsyncHTTPClient
import Foundation
package import LogReader
import NIOCore
import NIOHTTP1
package import TransparencyLog

/// A log at an HTTP address, below which stand `checkpoint` and `tile/…` (C2SP tlog-tiles).
///
/// Redirections are not followed: a log is read from where its reader was told it is. What comes
/// is bounded in time and size, and believed only after ``LogFetcher`` has checked it.
package struct HTTPSource: LogSource {
    /// The address, ending in a slash.
    package let address: String
    private let client: HTTPClient
    private let time: TimeAmount

    /// How long one file may take, from connecting to its last octet.
    package static let fileSecondsMax: Int64 = 60

    /// Names the address.
    ///
    /// - Parameters:
    ///   - address: An `https` URL, such as `https://gw.example.org/log/`, without query.
    ///   - allowsPlainHTTP: Whether `http` will do: to one's own machine, or as the operator says.
    ///     A log proves itself, but plain http shows who reads it and lets anybody stop it.
    ///   - client: Who asks; ``HTTPSource/makeClient()`` makes one, and its maker shuts it down.
    ///   - fileSeconds: How long one file may take, at most ``fileSecondsMax``.
    /// - Throws: ``HTTPSourceError``.
    package init(
        address: String, allowsPlainHTTP: Bool, client: HTTPClient,
        fileSeconds: Int64 = fileSecondsMax
    ) throws(HTTPSourceError) {
        guard let parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
            let host = parts.host, !host.isEmpty, parts.query == nil, parts.fragment == nil,
            parts.user == nil, parts.password == nil
        else { throw .notAnAddress(address) }
        guard scheme == "https" || scheme == "http" else { throw .notAnAddress(address) }
        guard scheme == "https" || allowsPlainHTTP else { throw .plainHTTP(address) }
        self.address = address.hasSuffix("/") ? address : address + "/"
        self.client = client
        time = .seconds(min(fileSeconds, HTTPSource.fileSecondsMax))
    }

    /// A client that follows no redirection and gives up on a server that does not answer.
    package static func makeClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(15))
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Asks for `checkpoint`.
    ///
    /// - Throws: ``LogSourceError``.
    package func checkpoint() async throws(LogSourceError) -> [UInt8]? {
        try await get(Checkpoint.path, octetsMax: LogSourceLimits.checkpointOctetsMax)
    }

    /// Asks for a tile.
    ///
    /// - Throws: ``LogSourceError``.
    package func octets(of tile: Tile) async throws(LogSourceError) -> [UInt8]? {
        try await get(tile.path, octetsMax: tile.octetsMax)
    }

    /// 200 is the file, 404 and 410 say that there is none, all else is refused.
    private func get(_ path: String, octetsMax: Int) async throws(LogSourceError) -> [UInt8]? {
        let url = address + path
        let deadline = NIODeadline.now() + time
        do {
            let response = try await client.execute(
                HTTPClientRequest(url: url), deadline: deadline)
            switch response.status.code {
            case 200: break
            case 404, 410: return nil
            case let status: throw LogSourceError.refused(path: url, status: Int(status))
            }
            var octets: [UInt8] = []
            for try await part in response.body {
                guard octets.count + part.readableBytes <= octetsMax else {
                    throw LogSourceError.tooLarge(path: url, limit: octetsMax)
                }
                octets.append(contentsOf: part.readableBytesView)
                // The client minds its deadline up to the head alone; a body that drips would last.
                guard NIODeadline.now() < deadline else {
                    throw LogSourceError.unreachable(
                        source: url, reason: "the body did not come within the time")
                }
            }
            return octets
        } catch let error as LogSourceError {
            throw error
        } catch {
            throw .unreachable(source: url, reason: "\(error)")
        }
    }
}

/// Why an address is none that a log is read from.
package enum HTTPSourceError: Error, Equatable, Sendable {
    /// Not an `https` or `http` URL with a host and without query, fragment and credentials.
    case notAnAddress(String)
    /// An `http` URL where it was not allowed.
    case plainHTTP(String)
}

extension HTTPSourceError: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .notAnAddress(let address): "\(address) is no http(s) address of a log"
        case .plainHTTP(let address): "\(address) is plain http; use https, or allow it"
        }
    }
}
