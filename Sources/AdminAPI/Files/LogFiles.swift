import HTTPTypes
import Hummingbird
import TransparencyLog

/// The published log as C2SP tlog-tiles serves it: `checkpoint`, tiles, entry bundles.
///
/// Only a path in the grammar of tiles reaches the file system, and it is the path that the tile
/// itself writes, so that no spelling of a request can leave the folder.
struct LogFiles: Sendable {
    /// The folder into which the council publishes.
    let folder: String

    /// A checkpoint with as many signature lines as a note has.
    private static let checkpointOctetsMax = SignedNote.octetsMax
    /// 256 entries of 65,535 octets, each with its length; tiles of hashes are smaller.
    private static let tileOctetsMax = Tile.fullWidth * (65_535 + 2)
    /// Full or partial, what a tile's path names never changes.
    private static let immutable = "public, max-age=31536000, immutable"
    /// A checkpoint is new at every publication; within a second nobody misses it.
    private static let brief = "public, max-age=1"

    /// Answers a request for a path below `/log/`.
    ///
    /// - Throws: ``APIError/notFound(what:)`` when the log has no such file,
    ///   ``APIError/unreadableFile(path:reason:)``.
    func answer(path: String, to request: Request) throws(APIError) -> Response {
        if path == Checkpoint.path {
            let octets = try read(path, octetsMax: Self.checkpointOctetsMax)
            return StaticFile(
                octets: octets, contentType: "text/plain; charset=utf-8", caching: Self.brief
            ).response(to: request)
        }
        guard let tile = try? Tile(path: path) else { throw .notFound(what: "/log/\(path)") }
        let tag = "\"\(tile.path)\""
        let headers: HTTPFields = [
            .contentType: "application/octet-stream", .eTag: tag, .cacheControl: Self.immutable,
        ]
        let octets = try read(tile.path, octetsMax: Self.tileOctetsMax)
        // The path is the content's identity, so it serves as the validator without hashing.
        if StaticFile.isKnown(tag, by: request.headers[.ifNoneMatch]) {
            return Response(status: .notModified, headers: headers)
        }
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets)))
    }

    private func read(_ path: String, octetsMax: Int) throws(APIError) -> [UInt8] {
        do throws(BoundedReadError) {
            return try BoundedRead.file("\(folder)/\(path)", octetsMax: octetsMax)
        } catch {
            switch error {
            case .missing: throw .notFound(what: "/log/\(path)")
            case .tooLong, .failed:
                throw .unreadableFile(path: path, reason: String(describing: error))
            }
        }
    }
}
