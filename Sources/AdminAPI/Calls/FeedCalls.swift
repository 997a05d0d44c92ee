import Council
import Governance
import HTTPTypes
import Hummingbird
import LogReader
import Routing

/// News of votes for feed readers.
struct FeedCalls: Sendable {
    /// Who knows.
    let council: Council
    /// Whether a proxy in front ends TLS: links then begin with https.
    let isBehindTLS: Bool

    /// The calls.
    var all: [APICall] { [APICall(.get, "/feed.atom", handler: feed)] }

    @Sendable private func feed(_ request: APIRequest) async throws(APIError) -> Response {
        let scheme = isBehindTLS ? "https" : "http"
        let authority = request.request.head.authority ?? "localhost"
        let feed = await council.read { view in
            AtomFeed(
                origin: view.card.origin, community: view.card.constituted.hex,
                base: "\(scheme)://\(authority)/", t: view.state.t,
                news: VoteNews.newest(of: view.state, now: view.now, limit: AtomFeed.entriesMax))
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/atom+xml; charset=utf-8",
                .cacheControl: "public, max-age=60",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: feed.text)))
    }
}
