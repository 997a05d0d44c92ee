import CanonicalJSON
import Council
import Hummingbird
import LogReader
import TransparencyLog

/// Whose cosignatures the community asks for, and how far they have come.
struct WitnessCalls: Sendable {
    /// Who knows.
    let council: Council
    /// Who asks the witnesses; `nil` when nobody does.
    let collector: WitnessCollector?

    /// The calls.
    var all: [APICall] { [APICall(.get, "/witnesses", handler: witnesses)] }

    @Sendable private func witnesses(_ request: APIRequest) async throws(APIError) -> Response {
        let (card, published, signed) = await council.read {
            ($0.card, $0.checkpoint, $0.signed)
        }
        let standings = await collector?.standings ?? []
        let progress = await collector?.progress?.checkpoint
        var object = JSONObject()
        object["policy"] = card.witnesses.value
        object["published"] = published.map { WitnessView.json($0, by: card.witnesses) }
        // What is signed and not yet published shows whether the log goes on without its witnesses.
        if let signed, signed.checkpoint != published?.checkpoint {
            let newest = progress?.checkpoint == signed.checkpoint ? progress : nil
            object["waiting"] = WitnessView.json(newest ?? signed, by: card.witnesses)
        }
        object["witnesses"] = .array(standings.map(WitnessView.json))
        return Answer.json(.object(object))
    }
}
