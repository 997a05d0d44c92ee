import CanonicalJSON
import Council
import HTTPTypes
import Hummingbird
import NIOCore

/// A request on its way through a call's handler.
struct APIRequest: Sendable {
    /// The request as it came.
    let request: Request
    /// The parts of the path that the call names.
    let captures: [String: String]
    /// The query, decoded, only names that the call knows.
    let query: [String: String]
    /// The council's time, milliseconds since 1970.
    let now: Int64
    /// Who may be logged in.
    let doorkeeper: Doorkeeper

    /// A decimal number in the path.
    ///
    /// - Throws: ``APIError/notFound(what:)`` for whatever else stands there: nothing has such a
    ///   name.
    func number(_ name: String, of what: String) throws(APIError) -> Int {
        let text = captures[name, default: ""]
        guard let number = Decimal.parse(text) else { throw .notFound(what: "\(what) \(text)") }
        return number
    }

    /// Reads the body as JSON, at most ``AdminConfiguration/bodyOctetsMax`` octets.
    ///
    /// - Throws: ``APIError/notJSON(contentType:)``, ``APIError/bodyTooLarge(limit:)``,
    ///   ``APIError/bodyBrokenOff(_:)``, ``APIError/malformedJSON(_:)``.
    func json() async throws(APIError) -> JSONValue {
        let type = request.headers[.contentType]
        let mediaType = type?.split(separator: ";").first.map { $0.lowercased() }
        guard mediaType?.filter({ $0 != " " }) == "application/json" else {
            throw .notJSON(contentType: type)
        }
        let octets = try await collect(limit: AdminConfiguration.bodyOctetsMax)
        do throws(JSONFault) {
            return try JSONValue(parsing: octets, form: .relaxed)
        } catch {
            throw .malformedJSON(error)
        }
    }

    /// Reads the body as a JSON object and takes it apart.
    ///
    /// - Throws: As ``json()``; and ``APIError/badBody(_:)`` with the place of what `read` refused,
    ///   of an unknown member too.
    func body<Content>(
        _ read: (inout ObjectReader) throws(FormatFault) -> Content
    ) async throws(APIError) -> Content {
        let value = try await json()
        do throws(FormatFault) {
            var reader = try ObjectReader(value)
            let content = try read(&reader)
            try reader.finish()
            return content
        } catch {
            throw .badBody(error)
        }
    }

    /// The session that the request names.
    ///
    /// - Throws: As ``Doorkeeper/session(of:now:)``.
    func session() async throws(APIError) -> Session {
        try await doorkeeper.session(of: request, now: now)
    }

    /// A declared length is judged before the first octet is read, the real one as it comes.
    private func collect(limit: Int) async throws(APIError) -> [UInt8] {
        if let declared = request.headers[.contentLength].flatMap({ Int($0) }), declared > limit {
            throw .bodyTooLarge(limit: limit)
        }
        var octets: [UInt8] = []
        do {
            for try await buffer in request.body {
                guard octets.count + buffer.readableBytes <= limit else {
                    throw APIError.bodyTooLarge(limit: limit)
                }
                octets.append(contentsOf: buffer.readableBytesView)
            }
        } catch let error as APIError {
            throw error
        } catch {
            throw .bodyBrokenOff(String(describing: error))
        }
        return octets
    }
}
