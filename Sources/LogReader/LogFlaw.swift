package import TransparencyLog

/// What is wrong with one file of a published log, and which entries it is about.
package struct LogFlaw: Equatable, Sendable {
    /// The file, below the log's address.
    package let path: String
    /// The entries whose octets or hashes are wrong there; `nil` where the file tells of none.
    package let entries: Range<Int>?
    /// What is wrong.
    package let kind: Kind

    /// What can be wrong with a file.
    package enum Kind: Equatable, Sendable {
        /// It is not there, nor the full tile in its place.
        case missing
        /// The source could not hand it out.
        case unreadable(LogSourceError)
        /// It is not of the shape of its kind.
        case malformed(TileError)
        /// The entry's octets are not what the checkpoint covers.
        case alteredEntry
        /// The hash, counted from 0 in the tile, is not what the checkpoint covers.
        case alteredHash(Int)
        /// Entries and hashes lead to another root, and neither shows where.
        case otherRoot
    }

    init(_ path: String, _ kind: Kind, entries: Range<Int>? = nil) {
        self.path = path
        self.kind = kind
        self.entries = entries
    }
}

extension LogFlaw: CustomStringConvertible {
    /// `tile/entries/000.p/13: entry 7 was altered`.
    package var description: String { "\(path): \(words)" }

    private var words: String {
        switch kind {
        case .missing: "is missing" + about
        case .unreadable(let error): "cannot be read: \(error)"
        case .malformed(let error): "is malformed: \(error)"
        case .alteredEntry: "entry \(entries?.lowerBound ?? 0) was altered"
        case .alteredHash(let place): "hash \(place) was altered" + about
        case .otherRoot:
            "something in it was altered together with what is beside it" + about
        }
    }

    private var about: String {
        guard let entries, let last = entries.last else { return "" }
        return entries.count == 1
            ? ", of entry \(last)" : ", of entries \(entries.lowerBound) to \(last)"
    }
}
