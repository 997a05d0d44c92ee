import CanonicalJSON
import Council
import Hummingbird
import LogReader

/// Whose cosignatures the community asks for, and how far they have come.
struct WitnessCalls: Sendable {
    /// Who knows.
    let council: Council
    /// Who asks the witnesses; `nil` when nobody does.
    let collector: WitnessCollector?

    /// The calls.
    var all: [APICall] { [APICall(.get, "/witnesses", handler: witnesses)] }

    @Sendable private func witnesses(_ request: APIRequest) async throws(APIError) -> Response {
        let facts = await WitnessFacts(of: council, collector)
        var object = JSONObject()
        object["policy"] = facts.policy.value
        object["published"] = facts.published.map { WitnessView.json($0, by: facts.policy) }
        object["waiting"] = facts.waiting.map { WitnessView.json($0, by: facts.policy) }
        object["witnesses"] = .array(facts.standings.map(WitnessView.json))
        return Answer.json(.object(object))
    }
}
