import CanonicalJSON
import HTTPTypes
import Hummingbird
import NIOCore

/// The answers of a witness.
enum Plain {
    /// Text; never kept, since the next request may have another answer.
    static func text(
        _ text: String, status: HTTPResponse.Status = .ok,
        type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// JSON, and a newline for those who read it in a terminal.
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        text(value.canonicalText + "\n", status: status, type: "application/json")
    }

    /// A problem document (RFC 9457), of the form that the council's have.
    static func problem(
        _ code: String, _ detail: String, next: String, status: HTTPResponse.Status
    ) -> Response {
        let value: JSONValue = [
            "type": .string("urn:commonway:problem:\(code)"),
            "title": .string(status.reasonPhrase), "status": .integer(Int64(status.code)),
            "code": .string(code), "detail": .string(detail), "next": .string(next),
        ]
        return text(
            value.canonicalText + "\n", status: status, type: "application/problem+json")
    }

    /// 405.
    static func notAllowed(_ methods: String) -> Response {
        var response = text("this path takes \(methods)\n", status: .methodNotAllowed)
        response.headers[.allow] = methods
        return response
    }
}

/// Reads bodies that are at most so long.
enum BoundedBody {
    /// Why a body was not read.
    enum Fault: Error, CustomStringConvertible {
        case tooLarge(limit: Int)
        case brokenOff(String)

        var description: String {
            switch self {
            case .tooLarge(let limit): "a body is at most \(limit) octets"
            case .brokenOff(let why): "the body broke off: \(why)"
            }
        }

        var status: HTTPResponse.Status {
            if case .tooLarge = self { .contentTooLarge } else { .badRequest }
        }

        var refusal: StatementRefusal {
            switch self {
            case .tooLarge(let limit): .tooLarge(limit: limit)
            case .brokenOff: .malformed("\(self)")
            }
        }
    }

    /// A declared length is judged before the first octet is read, the real one as it comes.
    static func read(_ request: Request, limit: Int) async throws(Fault) -> [UInt8] {
        if let declared = request.headers[.contentLength].flatMap({ Int($0) }), declared > limit {
            throw .tooLarge(limit: limit)
        }
        var octets: [UInt8] = []
        do {
            for try await buffer in request.body {
                guard octets.count + buffer.readableBytes <= limit else {
                    throw Fault.tooLarge(limit: limit)
                }
                octets.append(contentsOf: buffer.readableBytesView)
            }
        } catch let fault as Fault {
            throw fault
        } catch {
            throw .brokenOff("\(error)")
        }
        return octets
    }
}
