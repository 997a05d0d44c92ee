package import Foundation

/// Files that are there whole, or as they were before, whatever happens to the machine.
package enum DurableFile {
    /// Replaces a file: temporary file, fsync, rename, fsync of the folder.
    ///
    /// - Throws: The system's error; the file is then as it was.
    package static func write(_ octets: [UInt8], to file: URL) throws {
        // The atomic option writes beside the file, syncs, and renames; the name itself is durable
        // only once the folder is.
        try Data(octets).write(to: file, options: .atomic)
        try syncFolder(file.deletingLastPathComponent())
    }

    /// Makes a new file that only its owner may read, for secrets.
    ///
    /// - Throws: The system's error, also when a file of that name is there.
    package static func createSecret(_ octets: [UInt8], at file: URL) throws {
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw CocoaError(.fileWriteFileExists)
        }
        let made = FileManager.default.createFile(
            atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
        guard made else { throw CocoaError(.fileWriteUnknown) }
        let handle = try FileHandle(forWritingTo: file)
        try handle.write(contentsOf: Data(octets))
        try handle.synchronize()
        try handle.close()
        try syncFolder(file.deletingLastPathComponent())
    }

    /// Makes the names in a folder durable.
    ///
    /// - Throws: The system's error.
    package static func syncFolder(_ folder: URL) throws {
        let handle = try FileHandle(forReadingFrom: folder)
        try handle.synchronize()
        try handle.close()
    }

    /// Reads a file of bounded length.
    ///
    /// - Returns: `nil` when there is no such file.
    /// - Throws: The system's error, and `fileReadTooLarge` beyond the bound.
    package static func read(_ file: URL, octetsMax: Int) throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        let data = try handle.read(upToCount: octetsMax + 1) ?? Data()
        guard data.count <= octetsMax else { throw CocoaError(.fileReadTooLarge) }
        return Array(data)
    }
}
