import Hummingbird

/// What gateways say of the requests that they served.
struct TrafficCalls: Sendable {
    /// What they said.
    let traffic: RecordedTraffic

    /// The calls.
    var all: [APICall] { [APICall(.get, "/traffic", handler: recorded)] }

    @Sendable private func recorded(_ request: APIRequest) async throws(APIError) -> Response {
        Answer.json(octets: traffic.octets)
    }
}
