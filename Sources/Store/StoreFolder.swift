import Council
import Foundation
import Glibc

/// The folder that holds the databases: its owner's alone, and one process's at a time.
///
/// The lock is what makes "one connection that writes and checkpoints" true between processes
/// (SQLite before 3.51.3 can corrupt a write-ahead log that two connections reset at once). The
/// kernel releases it when the process ends, however that happens.
final class StoreFolder: Sendable {
    let path: String
    private let lock: FileHandle

    /// Creates the folder if it is missing, checks who may look into it, and locks it.
    init(path: String) throws(StoreError) {
        self.path = path
        do {
            if !FileManager.default.fileExists(atPath: path) {
                try Self.create(path)
            }
            let mode = try Self.mode(of: path)
            guard mode & 0o077 == 0 else {
                throw StoreError.folderOpenToOthers(path: path, mode: mode)
            }
            lock = try Self.lock(path + "/lock", of: path)
        } catch let error as StoreError {
            throw error
        } catch {
            throw .folder(path: path, reason: error.localizedDescription)
        }
    }

    /// Makes sure that a file is there and its owner's alone, before SQLite opens it: SQLite gives
    /// the write-ahead log and the shared memory file the same permissions.
    func prepareFile(named name: String) throws(StoreError) -> String {
        let file = path + "/" + name
        let ownerOnly: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        do {
            if FileManager.default.fileExists(atPath: file) {
                try FileManager.default.setAttributes(ownerOnly, ofItemAtPath: file)
            } else if !FileManager.default.createFile(
                atPath: file, contents: nil, attributes: ownerOnly)
            {
                throw StoreError.folder(path: file, reason: "cannot be created")
            }
        } catch let error as StoreError {
            throw error
        } catch {
            throw .folder(path: file, reason: error.localizedDescription)
        }
        return file
    }

    /// Removes a database with what SQLite keeps beside it.
    func removeDatabase(named name: String) throws(StoreError) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let file = path + "/" + name + suffix
            guard FileManager.default.fileExists(atPath: file) else { continue }
            do {
                try FileManager.default.removeItem(atPath: file)
            } catch {
                throw .folder(path: file, reason: error.localizedDescription)
            }
        }
    }

    deinit {
        close()
    }

    /// Releases the lock.
    func close() {
        // Unlocked in so many words: closing alone would leave it to a child process that another
        // thread is just starting, until that child runs its own program.
        flock(lock.fileDescriptor, LOCK_UN)
    }

    private static func create(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try syncFolder((path as NSString).deletingLastPathComponent)
    }

    /// A new name survives a loss of power only once the folder that holds it was synced.
    static func syncFolder(_ path: String) throws {
        let handle = try FileHandle(
            forReadingFrom: URL(fileURLWithPath: path.isEmpty ? "." : path, isDirectory: true))
        defer { try? handle.close() }
        try handle.synchronize()
    }

    private static func mode(of path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        guard attributes[.type] as? FileAttributeType == .typeDirectory else {
            throw StoreError.folder(path: path, reason: "is not a folder")
        }
        guard let mode = attributes[.posixPermissions] as? Int else {
            throw StoreError.folder(path: path, reason: "its permissions cannot be read")
        }
        return mode
    }

    private static func lock(_ file: String, of folder: String) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: file) {
            let created = FileManager.default.createFile(
                atPath: file, contents: nil, attributes: [.posixPermissions: 0o600])
            guard created else {
                throw StoreError.folder(path: file, reason: "cannot be created")
            }
        }
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
        // A program that this one starts must not hold the lock on when this one is gone.
        guard fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            throw StoreError.folder(path: file, reason: "cannot be kept from child processes")
        }
        guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw StoreError.inUse(path: folder)
        }
        return handle
    }
}
