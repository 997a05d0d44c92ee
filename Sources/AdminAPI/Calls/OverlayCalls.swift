import CanonicalJSON
import Council
import Governance
import Hummingbird

/// What stewards, keepers and the operator did without a vote, and who may.
struct OverlayCalls: Sendable {
    /// Who knows.
    let council: Council

    /// The calls.
    var all: [APICall] { [APICall(.get, "/overlays", handler: overlays)] }

    @Sendable private func overlays(_ request: APIRequest) async throws(APIError) -> Response {
        let (view, journal) = await council.read { view in
            (OverlayView(of: view.state, now: view.now), view.journal)
        }
        // Read on the request's own thread. Refusals are at most `OperatorRefusal.countMax`, and
        // a backend has endpoints once.
        var entries: [Int: JSONValue] = [:]
        for index in view.indices {
            let row: JournalEntry?
            do throws(JournalError) {
                row = try journal.entry(at: index)
            } catch {
                throw .journal(error)
            }
            guard let row else { throw .journal(.corrupt(index: index, detail: "missing")) }
            entries[index] = try EntryView.entry(row)
        }
        return Answer.json(view.json(entries: entries))
    }
}
