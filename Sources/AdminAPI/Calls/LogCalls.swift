import CanonicalJSON
import Council
import Governance
import HTTPTypes
import Hummingbird
import LogReader
import Routing
import TransparencyLog

/// The log: entries, checkpoint, receipts, and when it grows.
struct LogCalls: Sendable {
    /// Who knows.
    let council: Council
    /// The streams of events.
    let streams: EventStreams

    /// The calls.
    var all: [APICall] {
        [
            APICall(.get, "/entries", query: Paging.names, handler: list),
            APICall(.get, "/entries/{index}", handler: one),
            APICall(.get, "/checkpoint", handler: checkpoint),
            APICall(.get, "/receipts/{hash}", handler: receipt),
            APICall(.get, "/statements/{hash}", handler: statement),
            APICall(.get, "/events", query: ["after", "only"], handler: events),
        ]
    }

    @Sendable private func list(_ request: APIRequest) async throws(APIError) -> Response {
        let paging = try Paging(request.query)
        let (journal, size) = await published()
        let first = paging.cursor ?? 0
        let count = max(0, min(paging.limit, size - min(first, size)))
        guard count > 0 else { return Answer.list(Page(items: [])) }
        let rows = try reading { () throws(JournalError) in
            try journal.entries(from: first, limit: count)
        }
        var items: [JSONValue] = []
        for row in rows { items.append(try EntryView.json(row)) }
        let next = first + rows.count
        return Answer.list(Page(items: items, next: next < size ? String(next) : nil))
    }

    @Sendable private func one(_ request: APIRequest) async throws(APIError) -> Response {
        let index = try request.number("index", of: "entry")
        let (journal, size) = await published()
        let row = try reading { () throws(JournalError) in
            index < size ? try journal.entry(at: index) : nil
        }
        guard let row else { throw .notFound(what: "entry \(index)") }
        return Answer.json(try EntryView.json(row))
    }

    @Sendable private func checkpoint(_ request: APIRequest) async throws(APIError) -> Response {
        guard let signed = await council.read({ $0.checkpoint }) else {
            throw .notFound(what: "a checkpoint")
        }
        return Answer.json([
            "origin": .string(signed.checkpoint.origin),
            "size": .integer(Int64(signed.checkpoint.size)),
            "root": .string(signed.checkpoint.root.hex),
            "checkpoint": .string(String(decoding: signed.note.octets, as: UTF8.self)),
        ])
    }

    @Sendable private func receipt(_ request: APIRequest) async throws(APIError) -> Response {
        let index = try await entryIndex(request)
        let proof: LogProof?
        do {
            proof = try await council.read { (view) throws(TreeError) in
                try view.receipt(of: index)
            }
        } catch {
            throw .unreadableFile(path: "the tree", reason: "\(error)")
        }
        guard let proof else { throw .notInCheckpoint(index: index) }
        return Answer.text(String(decoding: proof.octets, as: UTF8.self))
    }

    /// How far a statement has come: acknowledged, in a checkpoint, witnessed.
    @Sendable private func statement(_ request: APIRequest) async throws(APIError) -> Response {
        let index = try await entryIndex(request)
        let (journal, standing, checkpoint, card) = await council.read { view in
            let (standing, checkpoint) = view.standing(of: index)
            return (view.journal, standing, checkpoint, view.card)
        }
        let row = try reading { () throws(JournalError) in try journal.entry(at: index) }
        guard let row else { throw .notFound(what: "entry \(index)") }
        var object = JSONObject()
        object["index"] = .integer(Int64(index))
        object["entry"] = try EntryView.entry(row)
        object["standing"] = .string(standing.rawValue)
        if let checkpoint {
            object["checkpoint"] = WitnessView.json(checkpoint, by: card.witnesses)
        }
        return Answer.json(.object(object))
    }

    @Sendable private func events(_ request: APIRequest) async throws(APIError) -> Response {
        guard request.request.method == .get else { return streams.headAnswer }
        let after = try lastSeen(by: request)
        return try await streams.response { () throws(APIError) in
            guard let publications = await council.publications() else { return nil }
            let size = await council.read { $0.publicSize }
            if let after, after >= size {
                throw .badQuery(
                    name: "after", reason: "is \(after); the log has \(size) entries so far")
            }
            let isForAll = request.query["only"] == nil
            return EventFeed(
                publications: publications, first: isForAll ? after.map { $0 + 1 } ?? size : nil,
                read: read)
        }
    }

    /// The index of the last entry that a client was told, by `Last-Event-ID` when it comes back,
    /// else by `?after=`; -1 for none, to begin with the first.
    private func lastSeen(by request: APIRequest) throws(APIError) -> Int? {
        if let only = request.query["only"], only != "log" {
            throw .badQuery(name: "only", reason: "is \"\(only)\"; known is log")
        }
        for (name, text) in [
            ("Last-Event-ID", request.request.headers[Self.lastEventID]),
            ("after", request.query["after"]),
        ] {
            guard let text, !text.isEmpty else { continue }
            if text == "-1" { return -1 }
            guard let index = Decimal.parse(text), index < Int.max else {
                throw .badQuery(name: name, reason: "is \"\(text)\", which is no entry's index")
            }
            return index
        }
        return nil
    }

    /// WHATWG HTML §9.2.4. The name is one that any field may have.
    private static let lastEventID = HTTPField.Name("Last-Event-ID") ?? .ifMatch

    /// The events of public entries from an index on.
    @Sendable private func read(from first: Int) async throws(APIError) -> [String] {
        let (journal, size) = await published()
        let count = min(EventFeed.pageMax, size - first)
        guard count > 0 else { return [] }
        let rows = try reading { () throws(JournalError) in
            try journal.entries(from: first, limit: count)
        }
        return try await council.read { (view) throws(APIError) in
            var events: [String] = []
            for row in rows { events.append(try EventView.text(row, in: view.state)) }
            return events
        }
    }

    /// The index of the entry that holds the statement named in the path.
    private func entryIndex(_ request: APIRequest) async throws(APIError) -> Int {
        let text = request.captures["hash", default: ""]
        guard let hash = ContentDigest(hex: text) else {
            throw .notFound(what: "a statement with the hash \"\(text)\"")
        }
        let (journal, _) = await published()
        let index = try reading { () throws(JournalError) in
            try journal.entryIndex(ofStatement: hash)
        }
        guard let index else { throw .notFound(what: "a statement with the hash \(text)") }
        return index
    }

    /// The journal, read on the request's own thread, and how much of it is public.
    private func published() async -> (journal: any Journal, size: Int) {
        await council.read { ($0.journal, $0.publicSize) }
    }

    private func reading<Value>(
        _ body: () throws(JournalError) -> Value
    ) throws(APIError) -> Value {
        do throws(JournalError) {
            return try body()
        } catch {
            throw .journal(error)
        }
    }
}
