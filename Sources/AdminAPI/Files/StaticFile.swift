import HTTPTypes
import Hummingbird
import TransparencyLog

/// A file in memory, with what its answers need.
struct StaticFile: Sendable {
    /// Its octets.
    let body: ByteBuffer
    /// Its media type.
    let contentType: String
    /// A strong validator (RFC 9110 §8.8.3), with its quotes: the octets' SHA-256.
    let tag: String
    /// Its `Cache-Control`.
    let caching: String

    /// How long a browser keeps the pages: it asks each time, and is told when nothing changed.
    static let revalidated = "no-cache"

    /// A file of these octets.
    init(octets: [UInt8], contentType: String, caching: String = revalidated) {
        body = ByteBuffer(bytes: octets)
        self.contentType = contentType
        tag = "\"\(Digest(hashing: octets).hex)\""
        self.caching = caching
    }

    /// The answer to a request: the file, or 304 when the client has it (RFC 9110 §13.1.2).
    func response(to request: Request) -> Response {
        let headers: HTTPFields = [
            .contentType: contentType, .eTag: tag, .cacheControl: caching,
        ]
        if Self.isKnown(tag, by: request.headers[.ifNoneMatch]) {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// Whether an `If-None-Match` names the tag, by the weak comparison.
    static func isKnown(_ tag: String, by condition: String?) -> Bool {
        guard let condition else { return false }
        return condition.split(separator: ",").contains { part in
            let candidate = part.filter { $0 != " " && $0 != "\t" }
            return candidate == "*" || candidate == tag || candidate == "W/" + tag
        }
    }
}
