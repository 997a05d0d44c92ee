import Foundation

/// The file of an access log: appended to, put aside under its date at every midnight (UTC), and
/// deleted when it is old. 0600, since it tells who asked for what.
struct AccessLogFile {
    private let file: URL
    private let keepDays: Int
    private var handle: FileHandle
    private var day: Int

    private static let secondsPerDay = 86_400

    /// Opens it, or makes it.
    ///
    /// - Throws: ``Complaint`` when it cannot be written.
    init(_ path: String, keepDays: Int, now: Date) throws(Complaint) {
        file = URL(fileURLWithPath: LocalFile.expanded(path))
        self.keepDays = keepDays
        handle = try Self.open(file)
        // What another day wrote is put aside before anything is added to it.
        let changed = try? file.resourceValues(forKeys: [.contentModificationDateKey])
        let isEmpty = (try? handle.seekToEnd()) ?? 0 == 0
        day = Self.day(of: isEmpty ? now : changed?.contentModificationDate ?? now)
    }

    /// Where lines of now go: after midnight to a fresh file.
    ///
    /// - Throws: The system's error.
    mutating func descriptor(now: Date) throws -> Int32 {
        try turnOver(now)
        return handle.fileDescriptor
    }

    /// Opens the file by its name again: after somebody else moved it.
    ///
    /// - Throws: ``Complaint``.
    mutating func reopen() throws(Complaint) {
        let fresh = try Self.open(file)
        try? handle.close()
        handle = fresh
    }

    /// Puts the file aside when its day is over, and deletes those that are too old.
    private mutating func turnOver(_ now: Date) throws {
        let today = Self.day(of: now)
        guard today != day else { return }
        let aside = file.appendingPathExtension(Self.name(of: day))
        if !FileManager.default.fileExists(atPath: aside.path) {
            try FileManager.default.moveItem(at: file, to: aside)
            try reopen()
        }
        day = today
        try deleteOld(before: today - keepDays)
    }

    private func deleteOld(before first: Int) throws {
        let folder = file.deletingLastPathComponent()
        let prefix = file.lastPathComponent + "."
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where name.hasPrefix(prefix) {
            guard let day = Self.day(named: String(name.dropFirst(prefix.count))), day < first
            else { continue }
            try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
    }

    private static func open(_ file: URL) throws(Complaint) -> FileHandle {
        if !FileManager.default.fileExists(atPath: file.path) {
            try LocalFile.createPrivate([], at: file.path)
        }
        do {
            let handle = try FileHandle(forWritingTo: file)
            try handle.seekToEnd()
            return handle
        } catch {
            throw .refused(
                "the access log cannot be written: \(Reason.text(error))", at: file.path)
        }
    }

    private static func day(of date: Date) -> Int {
        Int((date.timeIntervalSince1970 / Double(secondsPerDay)).rounded(.down))
    }

    private static func name(of day: Int) -> String {
        let date = Date(timeIntervalSince1970: Double(day * secondsPerDay))
        return String(date.ISO8601Format().prefix(10))
    }

    private static func day(named name: String) -> Int? {
        guard name.count == 10,
            let date = try? Date("\(name)T00:00:00Z", strategy: .iso8601)
        else { return nil }
        return day(of: date)
    }
}
