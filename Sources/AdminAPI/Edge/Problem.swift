import CanonicalJSON
import HTTPTypes
import Hummingbird

/// A problem document (RFC 9457): what went wrong, where, and what to do next.
struct Problem: Sendable {
    /// The HTTP status.
    let status: HTTPResponse.Status
    /// One word; the last part of `type`.
    let code: String
    /// What kind of problem it is: the same for each of its code.
    let title: String
    /// What and where, for this request.
    let detail: String
    /// What to do.
    let next: String
    /// When to come again, for `Retry-After`.
    var retryAfterSeconds: Int?
    /// The methods that the path has, for `Allow`.
    var allowed: [String] = []
    /// Whether the connection cannot go on, since a body was left unread.
    var closesConnection = false

    /// The response that carries it.
    var response: Response {
        let document: JSONValue = [
            "type": .string("urn:commonway:problem:" + code), "title": .string(title),
            "status": .integer(Int64(status.code)), "code": .string(code),
            "detail": .string(detail), "next": .string(next),
        ]
        var headers: HTTPFields = [
            .contentType: "application/problem+json", .cacheControl: "no-store",
        ]
        if let retryAfterSeconds { headers[.retryAfter] = String(retryAfterSeconds) }
        if !allowed.isEmpty { headers[.allow] = allowed.joined(separator: ", ") }
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer realm=\"commonway\"" }
        if closesConnection { headers[.connection] = "close" }
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document.canonicalOctets)))
    }
}
