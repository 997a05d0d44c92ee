import HTTPTypes
import Hummingbird

/// One call of the API (docs/formats.md §8): where it is, who may make it, and what answers it.
///
/// The list of calls is the router: it is short, and a request that fits none of it gets 404 or 405
/// with a reason. The OpenAPI document is tested against the same list.
struct APICall: Sendable {
    /// Who may make a call.
    enum Access: Sendable {
        /// Whoever can reach the council; pages of other sites may read the answer too.
        case everyone
        /// Whoever has a session, or is about to open one: answers are nobody else's.
        case oneself
    }

    /// What answers a request.
    typealias Handler = @Sendable (APIRequest) async throws(APIError) -> Response

    /// The method.
    let method: HTTPRequest.Method
    /// The path as OpenAPI writes it, such as `/proposals/{number}`.
    let path: String
    /// The query parameters that it knows.
    let queryNames: [String]
    /// Who may make it.
    let access: Access
    /// What answers it.
    let handler: Handler

    /// The method as written in requests.
    var methodName: String { method.rawValue }
    /// Method and path, such as `GET /community`.
    var name: String { "\(methodName) \(path)" }

    private let segments: [Segment]

    private enum Segment: Sendable {
        case literal(String)
        case capture(String)
    }

    init(
        _ method: HTTPRequest.Method, _ path: String, query: [String] = [],
        access: Access = .everyone, handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        queryNames = query
        self.access = access
        self.handler = handler
        segments = path.split(separator: "/").map { part in
            part.hasPrefix("{")
                ? .capture(String(part.dropFirst().dropLast())) : .literal(String(part))
        }
    }

    /// Whether a path fits, whatever the method.
    ///
    /// - Parameter parts: The path's segments, octets as they came: names here need no escapes.
    func fits(_ parts: [Substring]) -> Bool {
        parts.count == segments.count
            && zip(segments, parts).allSatisfy { segment, part in
                switch segment {
                case .literal(let text): part == text
                case .capture: !part.isEmpty
                }
            }
    }

    /// The captured parts of a path that fits, by name.
    func captures(of parts: [Substring]) -> [String: String] {
        var captures: [String: String] = [:]
        for case (.capture(let name), let part) in zip(segments, parts) {
            captures[name] = String(part)
        }
        return captures
    }
}
