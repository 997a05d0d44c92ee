import CanonicalJSON
import HTTPTypes
import Hummingbird

/// The answers of calls.
enum Answer {
    /// JSON, and a newline for those who read it in a terminal. Never kept: the log goes on.
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        json(octets: value.canonicalOctets, status: status)
    }

    /// The same of JSON that was written before.
    static func json(octets: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
        var octets = octets
        octets.append(UInt8(ascii: "\n"))
        return Response(
            status: status,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets)))
    }

    /// A list, one page of it.
    static func list(_ page: Page) -> Response {
        var object = JSONObject()
        object["items"] = .array(page.items)
        object["next"] = page.next.map { .string($0) }
        return json(.object(object))
    }

    /// Text.
    static func text(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Metrics, for Prometheus and who reads its format.
    static func metrics(_ text: String) -> Response {
        var response = self.text(text)
        response.headers[.contentType] = CouncilMetrics.contentType
        return response
    }

    /// Done, and nothing to say.
    static let nothing = Response(status: .noContent, headers: [.cacheControl: "no-store"])
}

/// One page of a list.
struct Page: Sendable {
    /// What is on it.
    var items: [JSONValue]
    /// What to ask on with; `nil` at the end.
    var next: String?
}
