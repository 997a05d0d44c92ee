package import Foundation
import Glibc
import LogReader
package import TransparencyLog

/// The folder of one witness: its key, what it cosigned last, and the statements that it was shown.
///
/// One process at a time, by a lock that the kernel releases however the process ends: two that
/// both believe to know the last checkpoint could cosign two histories.
package final class WitnessFolder: Sendable {
    /// The folder.
    package let root: URL
    private let lock: FileHandle

    /// The private key, 0600.
    package var key: URL { root.appendingPathComponent("witness.key") }
    /// What was cosigned last of every log.
    var heads: URL { root.appendingPathComponent("heads.json") }
    /// Statements, a file for each day.
    var statements: URL { root.appendingPathComponent("statements", isDirectory: true) }
    /// Checkpoints that logs signed and that contradict what they signed before.
    var evidence: URL { root.appendingPathComponent("evidence", isDirectory: true) }

    private static let keyOctetsMax = 4_096

    /// Opens a folder, which is made when it is not there, and locks it.
    ///
    /// - Throws: ``WitnessFault/inUse(path:)`` or ``WitnessFault/file(path:reason:)``.
    package init(_ root: URL) throws(WitnessFault) {
        self.root = root
        do {
            for name in ["statements", "evidence"] {
                try FileManager.default.createDirectory(
                    at: root.appendingPathComponent(name, isDirectory: true),
                    withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
            try DurableFile.syncFolder(root)
            let file = root.appendingPathComponent("lock")
            if !FileManager.default.fileExists(atPath: file.path) {
                // Whether it was made shows when it is opened.
                _ = FileManager.default.createFile(
                    atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
            }
            lock = try FileHandle(forUpdating: file)
        } catch {
            throw .file(path: root.path, reason: error.localizedDescription)
        }
        guard fcntl(lock.fileDescriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            throw .file(path: root.path, reason: "the lock cannot be kept from child processes")
        }
        guard flock(lock.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw .inUse(path: root.path)
        }
    }

    deinit { flock(lock.fileDescriptor, LOCK_UN) }

    /// Reads the key, or makes it where there is none.
    ///
    /// - Parameters:
    ///   - name: The witness's name; `nil` takes that of the key that is there.
    ///   - seed: 32 octets that nobody can guess, for a new key.
    /// - Throws: ``WitnessFault``; ``NoteKeyError`` for a name that cannot be one.
    package func signer(name: String?, seed: () -> [UInt8]) throws -> WitnessSigner {
        guard let octets = try read(key, octetsMax: Self.keyOctetsMax) else {
            guard let name else { throw WitnessFault.noKey(path: key.path) }
            let signer = try WitnessSigner(name: name, seed: seed())
            // First what it cosigned, which is nothing: from here on its absence means a loss.
            try HeadsFile(heads).write([])
            try DurableFile.createSecret(Array((signer.text + "\n").utf8), at: key)
            return signer
        }
        let signer: WitnessSigner
        do {
            signer = try WitnessSigner(text: String(decoding: octets, as: UTF8.self))
        } catch {
            throw WitnessFault.corrupt(path: key.path, reason: "\(error)")
        }
        if let name, !name.utf8.elementsEqual(signer.witness.name.utf8) {
            throw WitnessFault.otherName(expected: name, found: signer.witness.name)
        }
        return signer
    }

    private func read(_ file: URL, octetsMax: Int) throws(WitnessFault) -> [UInt8]? {
        do {
            return try DurableFile.read(file, octetsMax: octetsMax)
        } catch {
            throw .file(path: file.path, reason: error.localizedDescription)
        }
    }
}
