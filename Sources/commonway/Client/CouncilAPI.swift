import AsyncHTTPClient
import CanonicalJSON
import Foundation
import NIOCore
import NIOHTTP1

/// Calls of a council's HTTP API (docs/formats.md §8); every failure comes back as a ``Complaint``.
struct CouncilAPI: Sendable {
    /// Where the council is.
    let address: CouncilAddress
    /// The session's token, for calls that need one.
    let token: String?

    /// The longest answer that is read, octets.
    private static let answerOctetsMax = 16 << 20
    /// A list longer than this many pages is not this program's to hold.
    private static let pagesMax = 1_000

    /// One client for the process, never shut down: the process ends with its last call.
    ///
    /// It follows no redirect, since that would carry the token to another place, and it does not
    /// retry a refused connection until the time is over.
    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: {
            var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
            configuration.timeout = .init(connect: .seconds(10), read: .seconds(60))
            configuration.connectionPool.retryConnectionEstablishment = false
            return configuration
        }())

    /// Reads one resource.
    func get(_ path: String, query: [(String, String)] = []) async throws(Complaint) -> JSONValue {
        try await call(.get, path + Self.queryText(query), body: nil).value
    }

    /// Reads a whole list, page by page.
    ///
    /// - Returns: `{"items":[…]}` with the items of all pages.
    func list(
        _ path: String, query: [(String, String)] = []
    ) async throws(Complaint) -> [JSONValue] {
        var items: [JSONValue] = []
        var cursor: String?
        for _ in 0..<Self.pagesMax {
            let page = try await self.page(path, query: query, cursor: cursor)
            items += page.items
            guard let next = page.next else { return items }
            cursor = next
        }
        throw .refused("the list has more than \(Self.pagesMax) pages", at: address.text + path)
    }

    /// Reads one page of a list.
    func page(
        _ path: String, query: [(String, String)] = [], cursor: String? = nil, limit: Int = 100
    ) async throws(Complaint) -> (items: [JSONValue], next: String?) {
        let all = query + [("limit", "\(limit)")] + (cursor.map { [("cursor", $0)] } ?? [])
        let value = try await get(path, query: all)
        guard let items = value["items"]?.array else {
            throw .refused("the council's answer is no list", at: url(path))
        }
        return (items, value["next"]?.string)
    }

    /// Sends a value.
    ///
    /// - Returns: The answer, and whether it made something new (201).
    func post(
        _ path: String, _ body: JSONValue
    ) async throws(Complaint) -> (value: JSONValue, isNew: Bool) {
        try await call(.post, path, body: body)
    }

    private func url(_ path: String) -> String { address.text + "/api/v1" + path }

    private static func queryText(_ query: [(String, String)]) -> String {
        guard !query.isEmpty else { return "" }
        var parts = URLComponents()
        parts.queryItems = query.map { URLQueryItem(name: $0.0, value: $0.1) }
        // URLComponents leaves a plus sign as it is, which others read as a space.
        return "?" + (parts.percentEncodedQuery ?? "").replacingOccurrences(of: "+", with: "%2B")
    }

    private func call(
        _ method: Method, _ path: String, body: JSONValue?
    ) async throws(Complaint) -> (value: JSONValue, isNew: Bool) {
        let (status, octets) = try await send(
            method, path, body: body, accepting: "application/json, application/problem+json")
        if octets.isEmpty { return (["items": []], status == 201) }
        return (try parse(octets, method: method, path: path), status == 201)
    }

    /// Reads a resource that is text.
    ///
    /// - Returns: Its octets.
    func text(_ path: String) async throws(Complaint) -> [UInt8] {
        try await send(.get, path, body: nil, accepting: "text/plain, application/problem+json")
            .octets
    }

    private func send(
        _ method: Method, _ path: String, body: JSONValue?, accepting types: String
    ) async throws(Complaint) -> (status: Int, octets: [UInt8]) {
        var request = HTTPClientRequest(url: url(path))
        request.method = HTTPMethod(rawValue: method.rawValue)
        request.headers.add(name: "accept", value: types)
        request.headers.add(name: "user-agent", value: "commonway")
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.canonicalOctets))
        }
        let status: Int
        let octets: [UInt8]
        do {
            let answer = try await Self.client.execute(request, timeout: .seconds(60))
            status = Int(answer.status.code)
            octets = Array(
                try await answer.body.collect(upTo: Self.answerOctetsMax).readableBytesView)
        } catch {
            throw unreachable(error, method: method, path: path)
        }
        guard (200..<300).contains(status) else {
            throw Problem(status: status, octets: octets).complaint(
                call: "\(method.rawValue) \(url(path))", council: address)
        }
        return (status, octets)
    }

    private func parse(
        _ octets: [UInt8], method: Method, path: String
    ) throws(Complaint) -> JSONValue {
        let limits = JSONLimits(octetsMax: Self.answerOctetsMax, depthMax: 64)
        do {
            return try JSONValue(parsing: octets, form: .relaxed, limits: limits)
        } catch {
            throw .refused(
                "the answer is not JSON: \(error)", at: "\(method.rawValue) \(url(path))",
                next: "check that \(address.text) is a Commonway council")
        }
    }

    private func unreachable(
        _ error: any Error, method: Method, path: String
    ) -> Complaint {
        Complaint(
            .unreachable, "no answer from the council: \(Reason.text(error))",
            at: "\(method.rawValue) \(url(path))",
            next: "check the address and that the council runs, then repeat the command")
    }

    /// The methods that the API has.
    private enum Method: String {
        case get = "GET"
        case post = "POST"
    }
}
