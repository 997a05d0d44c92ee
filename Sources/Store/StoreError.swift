package import Council

/// Why the store did not open. Nothing was changed, except that a missing folder may be there now.
package enum StoreError: Error, Equatable, Sendable {
    /// The folder cannot be created, inspected or synced.
    case folder(path: String, reason: String)
    /// Others than its owner may look into the folder; `mode` holds its permission bits.
    case folderOpenToOthers(path: String, mode: Int)
    /// Another process, or another `Store` of this one, has the folder open.
    case inUse(path: String)
    /// SQLite refused the file.
    case cannotOpen(path: String, fault: StorageFault)
    /// The file went through migrations that this program does not know: a newer one wrote it.
    case newerSchema(path: String, unknown: [String])
    /// The writer's pragmas read back are not those that keep acknowledged rows over power loss.
    case notDurable(path: String, journalMode: String, synchronous: Int)
    /// What a crash left in the write-ahead log cannot be made durable, because another program
    /// (a SQLite shell, perhaps) is reading the file.
    case heldByAnotherProgram(path: String)
    /// A hashing parameter is outside what this program runs.
    case hashingCost(parameter: String, limit: ClosedRange<Int>, actual: Int)
}

extension StoreError: CustomStringConvertible {
    /// One sentence for the operator: what, where, and what to do.
    package var description: String {
        switch self {
        case .folder(let path, let reason):
            "\(path): \(reason)"
        case .folderOpenToOthers(let path, let mode):
            "\(path) is open to other users (mode \(String(mode, radix: 8))); "
                + "run: chmod 700 \(path)"
        case .inUse(let path):
            "\(path) is in use by another process; stop it first"
        case .cannotOpen(let path, let fault):
            "\(path) cannot be opened: \(fault)"
        case .newerSchema(let path, let unknown):
            "\(path) was written by a newer program (it knows \(unknown.joined(separator: ", "))); "
                + "run that one"
        case .notDurable(let path, let journalMode, let synchronous):
            "\(path) would lose acknowledged entries at power loss (journal_mode \(journalMode), "
                + "synchronous \(synchronous), wanted wal and 2); put it on a local disk"
        case .heldByAnotherProgram(let path):
            "another program is reading \(path); close it and start again"
        case .hashingCost(let parameter, let limit, let actual):
            "argon2id \(parameter) is \(actual); allowed are \(limit.lowerBound) to "
                + "\(limit.upperBound)"
        }
    }
}
