import CanonicalJSON
import Council
import Governance
import Hummingbird
import LogReader
import Routing

/// The community as a whole, and what it waits for from whoever asks.
struct CommunityCalls: Sendable {
    /// Who knows.
    let council: Council
    /// The OpenAPI document, when the pages' folder has it.
    let openAPI: StaticFile?

    /// The calls.
    var all: [APICall] {
        [
            APICall(.get, "/openapi.json", handler: describe),
            APICall(.get, "/community", handler: community),
            APICall(.get, "/owed", access: .oneself, handler: owed),
        ]
    }

    @Sendable private func describe(_ request: APIRequest) async throws(APIError) -> Response {
        guard let openAPI else { throw .notFound(what: "the OpenAPI document") }
        return openAPI.response(to: request.request)
    }

    @Sendable private func community(_ request: APIRequest) async throws(APIError) -> Response {
        let document = await council.read { view -> JSONValue in
            let state = view.state
            var object = JSONObject()
            object["card"] = view.card.value
            object["charter"] = state.charter?.value
            object["charterDigest"] = state.charter.map { .string($0.digest.hex) }
            object["demo"] = .bool(state.charter?.demo ?? false)
            object["members"] = .integer(Int64(state.members.count { $0.joined != nil }))
            object["electors"] = .integer(Int64(state.electorCount(at: view.now)))
            object["serving"] = .bool(state.hasBegun)
            object["now"] = .integer(view.now)
            object["state"] = ["size": .integer(Int64(state.entries)), "t": .integer(state.t)]
            return .object(object)
        }
        return Answer.json(document)
    }

    @Sendable private func owed(_ request: APIRequest) async throws(APIError) -> Response {
        let member = try await request.session().account.member
        return Answer.json(await council.read { OwedView.json(of: member, in: $0.state) })
    }
}
