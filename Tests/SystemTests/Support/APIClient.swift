import CanonicalJSON
import Foundation
import FoundationNetworking
import TestKit

/// A client of the HTTP API, and of the gateway.
struct APIClient: Sendable {
    /// `127.0.0.1:43210`.
    let address: String
    /// The session's token.
    var token: String?

    init(_ address: String, token: String? = nil) {
        self.address = address
        self.token = token
    }

    /// What came back.
    struct Answer: Sendable {
        let status: Int
        let body: [UInt8]
        let fields: [String: String]

        /// The body as JSON, `false` when it is none.
        var json: JSONValue { (try? JSONValue(parsing: body, form: .relaxed)) ?? .bool(false) }
    }

    /// Calls the API.
    func call(
        _ method: String, _ path: String, _ body: JSONValue? = nil
    ) async throws -> Answer {
        try await send(
            method, "/api/v1" + path, body?.canonicalOctets,
            fields: body == nil ? [:] : ["Content-Type": "application/json"])
    }

    /// Sends any request.
    func send(
        _ method: String, _ target: String, _ body: [UInt8]? = nil, fields: [String: String] = [:]
    ) async throws -> Answer {
        guard let url = URL(string: "http://\(address)\(target)") else {
            throw Failure("no URL: \(target)")
        }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.timeoutInterval = 30
        request.httpBody = body.map { Data($0) }
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        let (data, response) = try await URLSession.shared.data(for: request)
        guard let http = response as? HTTPURLResponse else { throw Failure("no HTTP response") }
        var names: [String: String] = [:]
        for (name, value) in http.allHeaderFields {
            names["\(name)".lowercased()] = "\(value)"
        }
        return Answer(status: http.statusCode, body: Array(data), fields: names)
    }
}
