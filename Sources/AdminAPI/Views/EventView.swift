import CanonicalJSON
import Council
import Governance
import Routing

/// An entry of the log as a stream of events tells it: what it is and what it is about.
enum EventView {
    /// The event's lines, with the entry's index for its id.
    ///
    /// - Throws: ``APIError/journal(_:)`` for a row that holds no entry.
    static func text(_ row: JournalEntry, in state: State) throws(APIError) -> String {
        let entry = try EntryView.entry(row)
        return "event: entry\nid: \(row.index)\ndata: \(value(row, entry, state).canonicalText)\n\n"
    }

    private static func value(
        _ row: JournalEntry, _ entry: JSONValue, _ state: State
    ) -> JSONValue {
        let statement = entry["stmt"]
        var object = JSONObject()
        object["index"] = .integer(Int64(row.index))
        object["kind"] = entry["kind"]
        object["t"] = entry["t"]
        object["act"] = statement?["act"]
        object["by"] = statement?["by"]
        object["outcome"] = entry["outcome"]
        object["overlay"] = entry["overlay"]
        object["proposal"] =
            entry["proposal"] ?? statement?["proposal"]
            ?? proposal(row, statement, state).map { .integer(Int64($0)) }
        return .object(object)
    }

    /// The proposal that a statement is about without naming it.
    private static func proposal(
        _ row: JournalEntry, _ statement: JSONValue?, _ state: State
    ) -> Int? {
        if let leaf = statement?["open"]?.string.flatMap({ ContentDigest(hex: $0) }) {
            return state.proposal(votedOn: leaf)
        }
        // The signature that completes an emergency begins a proposal that nobody made.
        let mayBegin = statement?["operations"] != nil || statement?["act"] == "emergency"
        return mayBegin ? state.proposal(loggedAt: row.index)?.number : nil
    }
}
