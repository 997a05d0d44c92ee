import CanonicalJSON
import Council
import Governance
import Hummingbird
import Routing

/// The documents in force, and the digest of the table that they make.
struct DocumentCalls: Sendable {
    /// Who knows.
    let council: Council

    /// The calls.
    var all: [APICall] {
        [
            APICall(.get, "/documents", query: ["kind"] + Paging.names, handler: list),
            APICall(.get, "/table", handler: table),
        ]
    }

    @Sendable private func list(_ request: APIRequest) async throws(APIError) -> Response {
        var query = request.query
        // Documents come and go between two pages, so their cursor is a name and not a place.
        let first = try Self.key(query.removeValue(forKey: "cursor"))
        let kind = try Self.kind(query["kind"])
        let paging = try Paging(query)
        let page = await council.read { view -> Page in
            let documents = view.state.documents.documents.lazy
            var iterator = documents.filter { document in
                (kind.map { document.key.kind == $0 } ?? true)
                    && (first.map { document.key >= $0 } ?? true)
            }.makeIterator()
            var page = Page(items: [], next: nil)
            while page.items.count < paging.limit, let document = iterator.next() {
                let overlay = OverlayView.words(on: document.key, in: view.state)
                page.items.append(DocumentView.json(document, overlay: overlay))
            }
            page.next = iterator.next().map(\.key.text)
            return page
        }
        return Answer.list(page)
    }

    @Sendable private func table(_ request: APIRequest) async throws(APIError) -> Response {
        Answer.json(
            await council.read { view in
                let documents = view.state.documents
                return [
                    "digest": .string(documents.tableDigest.hex),
                    "size": .integer(Int64(documents.documents.count)),
                ]
            })
    }

    private static func kind(_ word: String?) throws(APIError) -> RouteDocument.Kind? {
        guard let word else { return nil }
        guard let kind = RouteDocument.Kind(rawValue: word) else {
            throw .badQuery(name: "kind", reason: "is \"\(word)\"; known are HTTPRoute, Backend")
        }
        return kind
    }

    private static func key(_ cursor: String?) throws(APIError) -> DocumentKey? {
        guard let cursor else { return nil }
        let parts = cursor.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let kind = RouteDocument.Kind(rawValue: String(parts[0])) else {
            throw .badQuery(name: "cursor", reason: "is none that this list gave")
        }
        return DocumentKey(kind: kind, name: String(parts[1]))
    }
}
