package import Foundation

/// A folder of one test's own, removed with everything in it when the last reference goes.
///
/// ```swift
/// let folder = try TemporaryFolder()
/// let database = folder.path("log.sqlite")
/// ```
///
/// Keep it in a `let` that lives as long as the test: an unused value goes at once.
package final class TemporaryFolder: Sendable {
    /// Where it is: below the system's temporary folder, under a name nobody else has.
    package let url: URL

    /// Where Linux keeps files in memory.
    private static let memory = "/dev/shm"

    /// Makes the folder; open to its owner alone, as a data folder must be.
    ///
    /// - Parameter inMemory: Below a file system in memory, where there is one that can be
    ///   written: for a test that commits thousands of times and is about no disk.
    /// - Throws: Foundation's error when the system's temporary folder cannot be written.
    package init(inMemory: Bool = false) throws {
        let name = "commonway-test-\(UUID().uuidString)"
        let isThere = inMemory && FileManager.default.isWritableFile(atPath: Self.memory)
        let parent =
            isThere
            ? URL(fileURLWithPath: Self.memory, isDirectory: true)
            : FileManager.default.temporaryDirectory
        url = parent.appendingPathComponent(name, isDirectory: true)
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        // Nothing waits for the result, and a folder that stays is only litter.
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of a file in the folder; the file need not exist.
    ///
    /// - Parameter name: A name, or a path relative to the folder.
    package func path(_ name: String) -> String {
        url.appendingPathComponent(name).path
    }

    /// Writes a file, and the folders on the way to it.
    ///
    /// - Returns: Its path.
    /// - Throws: Foundation's error.
    @discardableResult
    package func write(_ octets: [UInt8], to name: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(octets).write(to: file)
        return file.path
    }

    /// Writes a text file in UTF-8; see ``write(_:to:)-([UInt8],_)``.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }
}
