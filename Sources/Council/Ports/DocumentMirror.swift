package import Routing

/// A copy of the documents in force, for people who like to ask questions in SQL.
///
/// Derived, never the truth (law 5): it can be edited, dropped or lost, and the next
/// ``replaceDocuments(_:size:)`` repairs it; it begins empty whenever it is opened. Nothing is ever
/// served or decided from it.
/// Synchronous and blocking like ``Journal``; a failure here must not stop the council.
package protocol DocumentMirror: Sendable {
    /// Makes the mirror hold exactly these rows, in one transaction.
    ///
    /// - Parameters:
    ///   - rows: Every document in force.
    ///   - size: The size of the log whose state they are.
    /// - Throws: ``StorageFault``; the mirror then holds what it held before.
    func replaceDocuments(_ rows: [DocumentRow], size: Int) throws(StorageFault)

    /// Reads the rows back, sorted by kind and name, for tests and for people; not for serving.
    ///
    /// - Throws: ``StorageFault``.
    func documents() throws(StorageFault) -> [DocumentRow]

    /// The size of the log that the mirror was last made for; `nil` when it was not made yet.
    ///
    /// - Throws: ``StorageFault``.
    func mirroredSize() throws(StorageFault) -> Int?
}

/// One document in force, as the mirror shows it.
package struct DocumentRow: Equatable, Sendable {
    /// For example `HTTPRoute`.
    package let kind: String
    /// The document's name, unique within its kind.
    package let name: String
    /// The document as ratified, canonical JSON.
    package let json: String
    /// SHA-256 of `json`; in SQL 64 lower-case hexadecimal digits.
    package let digest: ContentDigest
    /// The sequence number in the table digest.
    package let sequence: Int
    /// The index of the entry that enacted it.
    package let entry: Int

    /// A row made of its parts.
    package init(
        kind: String, name: String, json: String, digest: ContentDigest, sequence: Int,
        entry: Int
    ) {
        self.kind = kind
        self.name = name
        self.json = json
        self.digest = digest
        self.sequence = sequence
        self.entry = entry
    }
}
