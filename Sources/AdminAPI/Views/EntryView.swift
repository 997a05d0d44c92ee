import CanonicalJSON
import Council
import TransparencyLog

/// An entry of the log as the API shows it.
enum EntryView {
    /// The entry with its index and leaf hash.
    ///
    /// - Throws: ``APIError/journal(_:)`` for a row that holds no entry: somebody else wrote there.
    static func json(_ row: JournalEntry) throws(APIError) -> JSONValue {
        [
            "index": .integer(Int64(row.index)), "leaf": .string(row.leafHash.hex),
            "entry": try entry(row),
        ]
    }

    /// The entry alone.
    ///
    /// - Throws: As ``json(_:)``.
    static func entry(_ row: JournalEntry) throws(APIError) -> JSONValue {
        do throws(JSONFault) {
            return try JSONValue(parsing: row.octets, form: .canonical, limits: .entry)
        } catch {
            throw .journal(.corrupt(index: row.index, detail: error.description))
        }
    }
}
