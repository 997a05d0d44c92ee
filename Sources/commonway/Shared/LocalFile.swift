import Foundation
import Synchronization

/// Files of the person who runs the program, with the words for what is wrong with them.
enum LocalFile {
    /// The largest file of documents that is read, octets: the council's limit for a body.
    static let documentOctetsMax = 1 << 20

    /// Reads a whole file.
    ///
    /// - Parameter path: As typed; `-` is standard input.
    /// - Throws: ``Complaint`` when it cannot be read or is longer than `limit` octets.
    static func read(_ path: String, limit: Int) throws(Complaint) -> [UInt8] {
        let octets: Data
        do {
            let file =
                path == "-"
                ? FileHandle.standardInput
                : try FileHandle(forReadingFrom: URL(fileURLWithPath: expanded(path)))
            octets = try file.read(upToCount: limit + 1) ?? Data()
        } catch {
            throw .usage("cannot be read: \(Reason.text(error))", at: path)
        }
        guard octets.count <= limit else { throw .usage("longer than \(limit) octets", at: path) }
        return Array(octets)
    }

    /// Reads a file as text.
    static func readText(_ path: String, limit: Int) throws(Complaint) -> String {
        let octets = try read(path, limit: limit)
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw .usage("not UTF-8", at: path)
        }
        return text
    }

    /// Writes a file that only its owner can read, replacing one that is there in one step.
    static func writePrivate(_ octets: some Collection<UInt8>, to path: String) throws(Complaint) {
        try write(octets, to: path, options: .atomic)
    }

    /// Writes a file that others may read as the system's mask allows, replacing one that is there
    /// in one step.
    static func writePublic(_ octets: some Collection<UInt8>, to path: String) throws(Complaint) {
        do {
            try Data(octets).write(
                to: URL(fileURLWithPath: expanded(path)), options: .atomic)
        } catch {
            throw .usage("cannot be written: \(Reason.text(error))", at: path)
        }
    }

    /// Writes a file that only its owner can read, where there is none yet.
    static func createPrivate(_ octets: some Collection<UInt8>, at path: String) throws(Complaint) {
        if FileManager.default.fileExists(atPath: path) {
            throw .usage("there is a file already", at: path, next: "name another file")
        }
        try write(octets, to: path, options: .withoutOverwriting)
    }

    /// Makes a folder that only its owner can enter.
    static func makePrivateFolder(_ path: String) throws(Complaint) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .usage("the folder cannot be made: \(Reason.text(error))", at: path)
        }
    }

    /// A path with `~` and `~/` replaced by the home folder.
    static func expanded(_ path: String) -> String { NSString(string: path).expandingTildeInPath }

    private static func write(
        _ octets: some Collection<UInt8>, to path: String, options: Data.WritingOptions
    ) throws(Complaint) {
        let data = Data(octets)
        do {
            // One at a time: the mask is the whole process's, and another that puts it back would
            // open this file to everybody.
            try masking.withLock { _ in
                // The mask, not a later chmod: nobody may open the file in between.
                let before = umask(0o077)
                defer { umask(before) }
                try data.write(to: URL(fileURLWithPath: path), options: options)
            }
        } catch {
            throw .usage("cannot be written: \(Reason.text(error))", at: path)
        }
    }

    private static let masking = Mutex(())
}
