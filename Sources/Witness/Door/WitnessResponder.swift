import CanonicalJSON
import HTTPTypes
import Hummingbird
import NIOCore
import TransparencyLog

/// Answers every request of a witness; the one place where its refusals become HTTP.
struct WitnessResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let witness: Witness
    let book: StatementBook

    private static let listMax = 1_000
    private static let listUsual = 100

    func respond(to request: Request, context: BasicRequestContext) async -> Response {
        var response = await answer(to: request)
        // All that a witness says is for everybody, and it takes no credentials.
        response.headers[.accessControlAllowOrigin] = "*"
        response.headers[.xContentTypeOptions] = "nosniff"
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(to request: Request) async -> Response {
        let parts = request.uri.path.split(separator: "/", omittingEmptySubsequences: true)
        let isRead = request.method == .get || request.method == .head
        switch (parts.count, parts.first) {
        case (0, _): return isRead ? await about() : Plain.notAllowed("GET, HEAD")
        case (1, "add-checkpoint"):
            return request.method == .post ? await add(request) : Plain.notAllowed("POST")
        case (1, "statements"):
            if isRead { return await list(request) }
            return request.method == .post
                ? await take(request) : Plain.notAllowed("GET, HEAD, POST")
        case (2, "statements"):
            return isRead ? await find(parts[1]) : Plain.notAllowed("GET, HEAD")
        case (2, _) where parts[1] == "checkpoint":
            return isRead ? await checkpoint(parts[0]) : Plain.notAllowed("GET, HEAD")
        default: return Plain.text("no such path\n", status: .notFound)
        }
    }

    private func add(_ request: Request) async -> Response {
        do {
            let octets = try await BoundedBody.read(
                request, limit: AddCheckpointRequest.octetsMax)
            let line = try await witness.add(octets)
            return Plain.text(line.line)
        } catch let refusal as AddCheckpointRefusal {
            return Self.answer(refusal)
        } catch let error as BoundedBody.Fault {
            return Plain.text("\(error)\n", status: error.status)
        } catch {
            return Plain.text("\(error)\n", status: .internalServerError)
        }
    }

    private static func answer(_ refusal: AddCheckpointRefusal) -> Response {
        switch refusal {
        case .conflict(let size):
            // Exactly the decimal size: clients read the body.
            return Plain.text(
                "\(size)\n", status: .conflict, type: AddCheckpointRequest.sizeType)
        case .malformed, .shrinks: return Plain.text("\(refusal)\n", status: .badRequest)
        case .unknownOrigin: return Plain.text("\(refusal)\n", status: .notFound)
        case .noGoodSignature: return Plain.text("\(refusal)\n", status: .forbidden)
        case .badProof, .fork:
            return Plain.text("\(refusal)\n", status: .unprocessableContent)
        case .notStored: return Plain.text("\(refusal)\n", status: .internalServerError)
        }
    }

    private func checkpoint(_ originHash: Substring) async -> Response {
        guard let note = await witness.checkpoint(originHash: String(originHash)) else {
            return Plain.text("no checkpoint of such a log was cosigned\n", status: .notFound)
        }
        return Plain.text(String(decoding: note.octets, as: UTF8.self))
    }

    private func about() async -> Response {
        var logs: [JSONValue] = []
        for log in witness.logs {
            var object = JSONObject()
            object["origin"] = .string(log.origin)
            object["checkpoint"] = .string("/\(log.originHash)/checkpoint")
            if let latest = await witness.latest(of: log) {
                object["size"] = .integer(Int64(latest.size))
                object["time"] = .integer(Int64(latest.time))
            }
            logs.append(.object(object))
        }
        var object = JSONObject()
        object["name"] = .string(witness.key.name)
        object["key"] = .string(witness.key.text)
        object["noteKey"] = (try? witness.key.noteKey).map { .string($0.text) }
        object["logs"] = .array(logs)
        object["statements"] = .integer(Int64(await book.count))
        return Plain.json(.object(object))
    }

    private func take(_ request: Request) async -> Response {
        do {
            let octets: [UInt8]
            do {
                octets = try await BoundedBody.read(
                    request, limit: ShownStatement.bodyOctetsMax)
            } catch {
                throw error.refusal
            }
            let taken = try await book.take(try ShownStatement(body: octets))
            return Self.answer(taken, status: taken.wasThere ? .ok : .created)
        } catch let refusal as StatementRefusal {
            return Self.answer(refusal)
        } catch {
            return Self.answer(StatementRefusal.notStored("\(error)"))
        }
    }

    private func find(_ text: Substring) async -> Response {
        guard let hash = Digest(hex: String(text)), let taken = try? await book.find(hash) else {
            return Plain.problem(
                "not-found", "no statement with this hash was shown here",
                next: "GET /statements has all that are kept", status: .notFound)
        }
        return Self.answer(taken, status: .ok)
    }

    private func list(_ request: Request) async -> Response {
        var (cursor, limit) = (0, Self.listUsual)
        for (name, value) in request.uri.queryParameters {
            let number = Int(value)
            switch (name, number) {
            case ("cursor", .some(let number)) where number >= 0: cursor = number
            case ("limit", .some(let number)) where (1...Self.listMax).contains(number):
                limit = number
            default:
                return Plain.problem(
                    "bad-query", "\(name): expected cursor from 0, or limit 1…\(Self.listMax)",
                    next: "GET /statements?cursor=0&limit=\(Self.listUsual)",
                    status: .badRequest)
            }
        }
        let page = await book.list(from: cursor, limit: limit)
        var object = JSONObject()
        object["items"] = .array(page.items.map(\.value))
        object["next"] = page.next.map { .string(String($0)) }
        return Plain.json(.object(object))
    }

    private static func answer(
        _ taken: StatementBook.Taken, status: HTTPResponse.Status
    ) -> Response {
        guard case .object(var object) = taken.statement.value else {
            preconditionFailure("a statement seen is an object")
        }
        object["sighting"] = .string(String(decoding: taken.sighting.octets, as: UTF8.self))
        return Plain.json(.object(object), status: status)
    }

    private static func answer(_ refusal: StatementRefusal) -> Response {
        let status: HTTPResponse.Status
        var retryAfter: Int?
        switch refusal {
        case .malformed: status = .badRequest
        case .tooLarge: status = .contentTooLarge
        case .badSignature, .expired: status = .unprocessableContent
        case .unknownLog: status = .notFound
        case .tooMany(_, let seconds):
            status = .tooManyRequests
            retryAfter = seconds
        case .full: status = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        case .notStored: status = .internalServerError
        }
        var response = Plain.problem(
            refusal.code, "\(refusal)", next: refusal.next, status: status)
        response.headers[.retryAfter] = retryAfter.map(String.init)
        return response
    }
}
