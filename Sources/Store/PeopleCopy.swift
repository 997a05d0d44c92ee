import Council
import Foundation
import GRDB

/// Copies what the published log lacks, while a council may be using it.
package enum PeopleCopy {
    /// The file of handles, texts, invitations, passwords and sessions, in a store's folder.
    package static let name = "people.sqlite"

    /// Copies the people's database by SQLite's online backup: one state of it, whole, however
    /// much is written meanwhile.
    ///
    /// - Parameters:
    ///   - store: The store's folder; it is only read.
    ///   - file: The copy, which must not be there yet; its owner's alone.
    /// - Throws: ``StorageFault``, or the system's error.
    package static func write(from store: String, to file: String) throws {
        var reading = Configuration()
        reading.readonly = true
        reading.busyMode = .timeout(DatabaseFile.busyTimeoutSeconds)
        let made = FileManager.default.createFile(
            atPath: file, contents: nil, attributes: [.posixPermissions: 0o600])
        guard made else { throw CocoaError(.fileWriteUnknown) }
        do {
            let source = try DatabaseQueue(path: "\(store)/\(name)", configuration: reading)
            let copy = try DatabaseQueue(path: file)
            try source.backup(to: copy)
            // One file without anything beside it.
            try copy.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try copy.close()
            try source.close()
        } catch {
            throw StorageFault(error)
        }
    }
}
