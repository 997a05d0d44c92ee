import CanonicalJSON
import Foundation
import LogReader

/// The statements that a witness was shown, appended to a file for each day (UTC).
///
/// A line is durable before anybody is told of it. At a start a last line without its end, which a
/// crash leaves behind and which nobody was told of, is cut off; anything else that is not as it
/// was written is refused.
struct StatementFiles: Sendable {
    let folder: URL

    private static let dayMilliseconds: Int64 = 86_400_000
    private static let suffix = ".jsonl"
    private static let newline = UInt8(ascii: "\n")
    /// A day's file at most, octets: more than a list may have in all.
    private static let fileOctetsMax = 256 << 20

    /// The number of the day of a time.
    static func day(of t: Int64) -> Int64 { t / dayMilliseconds }

    /// Reads all days.
    ///
    /// - Throws: ``WitnessFault/corrupt(path:reason:)``, ``WitnessFault/file(path:reason:)``.
    func read() throws(WitnessFault) -> [SeenStatement] {
        var statements: [SeenStatement] = []
        let days = try days()
        for day in days { try read(day, isLast: day == days.last, into: &statements) }
        return statements
    }

    private func read(
        _ day: Int64, isLast: Bool, into statements: inout [SeenStatement]
    ) throws(WitnessFault) {
        let file = file(of: day)
        do {
            var octets = try DurableFile.read(file, octetsMax: Self.fileOctetsMax) ?? []
            if isLast, let last = octets.last, last != Self.newline {
                let end = (octets.lastIndex(of: Self.newline) ?? -1) + 1
                octets.removeSubrange(end...)
                try DurableFile.write(octets, to: file)
            }
            for line in octets.split(separator: Self.newline) {
                let statement = try SeenStatement(line: line)
                let follows = statements.last.map { last in
                    statement.index == last.index + 1 && statement.t >= last.t
                }
                guard follows ?? true, Self.day(of: statement.t) == day else {
                    throw WitnessFault.corrupt(
                        path: file.path,
                        reason: "statement \(statement.index) is not where it was written")
                }
                statements.append(statement)
            }
        } catch let fault as WitnessFault {
            throw fault
        } catch let error as CocoaError {
            throw .file(path: file.path, reason: error.localizedDescription)
        } catch {
            throw .corrupt(path: file.path, reason: "\(error)")
        }
    }

    /// Appends one, durably.
    ///
    /// - Throws: The system's error; the end of the file is then not known until it is read again.
    func append(_ statement: SeenStatement) throws {
        let file = file(of: Self.day(of: statement.t))
        let isNew = !FileManager.default.fileExists(atPath: file.path)
        if isNew {
            let made = FileManager.default.createFile(
                atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
            guard made else { throw CocoaError(.fileWriteUnknown) }
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(statement.value.canonicalOctets + [Self.newline]))
        try handle.synchronize()
        if isNew { try DurableFile.syncFolder(folder) }
    }

    /// Removes days before one; the newest stays, since it says which index is next.
    func remove(before day: Int64) throws(WitnessFault) {
        for old in try days().dropLast() where old < day {
            do {
                try FileManager.default.removeItem(at: file(of: old))
            } catch {
                throw .file(path: file(of: old).path, reason: error.localizedDescription)
            }
        }
    }

    private func file(of day: Int64) -> URL {
        folder.appendingPathComponent("\(day)\(Self.suffix)")
    }

    private func days() throws(WitnessFault) -> [Int64] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path)
                .compactMap { name in
                    name.hasSuffix(Self.suffix)
                        ? Int64(name.dropLast(Self.suffix.count)) : nil
                }
                .sorted()
        } catch {
            throw .file(path: folder.path, reason: error.localizedDescription)
        }
    }
}
