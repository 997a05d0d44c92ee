import CanonicalJSON
import Foundation
import LogReader
import Store

/// A backup: what the published log lacks, in a folder that is its owner's alone.
///
/// `log.key`, `log.key.next` where there is one, `people.sqlite`, `last-signed`, `community.json`,
/// and `backup.json` with the digest of each, written last.
struct BackupFolder {
    /// Where it is, absolute.
    let path: String

    /// The largest file that is read, octets; a person takes about a kilobyte.
    private static let fileOctetsMax = 1 << 30
    private static let manifest = "backup.json"
    /// The files, and whether a backup may be without one.
    private static let files = [
        ("community.json", false), ("last-signed", true), ("log.key", false),
        ("log.key.next", true), (PeopleCopy.name, false),
    ]

    init(_ typed: String) {
        path =
            URL(fileURLWithPath: LocalFile.expanded(typed), isDirectory: true)
            .standardizedFileURL.path
    }

    /// Writes a backup of a community, whose council may run.
    ///
    /// - Returns: The manifest.
    /// - Throws: ``Complaint`` when the folder is not new or empty, or something cannot be read.
    func write(_ data: DataFolder, now: Int64) throws(Complaint) -> JSONValue {
        let present = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard present.isEmpty else {
            throw .usage("the folder is not empty", at: path, next: "name a new folder")
        }
        try LocalFile.makePrivateFolder(path)
        try restrict()
        let card = try LogPlace.card(in: data.card.path)
        do {
            // People first: whoever is in the log by then is in the later files too.
            try PeopleCopy.write(from: data.store.path, to: "\(path)/\(PeopleCopy.name)")
            for (name, source) in [
                ("community.json", data.card), ("last-signed", data.lastSigned),
                ("log.key", data.logKey), ("log.key.next", data.nextLogKey),
            ] {
                guard let octets = try DurableFile.read(source, octetsMax: Self.fileOctetsMax)
                else { continue }
                try DurableFile.createSecret(octets, at: url(name))
            }
            var digests = JSONObject()
            for (name, mayBeAbsent) in Self.files {
                guard let octets = try read(name) else {
                    guard mayBeAbsent else { throw CocoaError(.fileReadNoSuchFile) }
                    continue
                }
                digests[name] = .string(HexDigest.of(octets))
            }
            let value: JSONValue = [
                "files": .object(digests), "origin": .string(card.origin), "t": .integer(now),
                "v": 1,
            ]
            try DurableFile.createSecret(value.canonicalOctets, at: url(Self.manifest))
            return value
        } catch {
            throw .refused(
                "the backup is not complete: \(Reason.text(error))", at: path,
                next: "remove the folder and try again")
        }
    }

    /// Checks that every file is what was backed up.
    ///
    /// - Throws: ``Complaint`` naming the file that is not.
    func check() throws(Complaint) {
        let manifest = try value(of: Self.manifest)
        guard manifest["v"] == 1, let files = manifest["files"]?.object else {
            throw .usage("not a backup that this program wrote", at: "\(path)/\(Self.manifest)")
        }
        for (name, mayBeAbsent) in Self.files {
            guard let expected = files[name]?.string else {
                if mayBeAbsent { continue }
                throw .usage("the backup lacks \(name)", at: path, next: "take another backup")
            }
            let octets = try contents(name)
            guard HexDigest.of(octets) == expected else {
                throw .refused(
                    "it is not what was backed up", at: "\(path)/\(name)",
                    next: "take another backup; this file was altered or cut short")
            }
        }
    }

    /// Puts the files into the folders of a new community.
    ///
    /// - Throws: ``Complaint`` when one cannot be written.
    func place(in data: DataFolder) throws(Complaint) {
        try LocalFile.makePrivateFolder(data.store.path)
        for (name, target) in [
            ("log.key", data.logKey), ("log.key.next", data.nextLogKey),
            (PeopleCopy.name, data.store.appendingPathComponent(PeopleCopy.name)),
            ("last-signed", data.lastSigned), ("community.json", data.card),
        ] {
            guard FileManager.default.fileExists(atPath: url(name).path) else { continue }
            let octets = try contents(name)
            do {
                // Gateways of other users read the card.
                if target == data.card {
                    try DurableFile.write(octets, to: target)
                } else {
                    try DurableFile.createSecret(octets, at: target)
                }
            } catch {
                throw .refused("cannot be written: \(Reason.text(error))", at: target.path)
            }
        }
    }

    private func contents(_ name: String) throws(Complaint) -> [UInt8] {
        do {
            guard let octets = try read(name) else { throw CocoaError(.fileReadNoSuchFile) }
            return octets
        } catch {
            throw .usage(
                "cannot be read: \(Reason.text(error))", at: "\(path)/\(name)",
                next: "name a folder that commonway backup wrote")
        }
    }

    private func value(of name: String) throws(Complaint) -> JSONValue {
        let octets = try contents(name)
        do throws(JSONFault) {
            return try JSONValue(parsing: octets, form: .canonical)
        } catch {
            throw .usage("not JSON: \(error)", at: "\(path)/\(name)")
        }
    }

    /// A folder that was there may have been open to others.
    private func restrict() throws(Complaint) {
        do {
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        } catch {
            throw .usage("cannot be made its owner's alone: \(Reason.text(error))", at: path)
        }
    }

    private func read(_ name: String) throws -> [UInt8]? {
        try DurableFile.read(url(name), octetsMax: Self.fileOctetsMax)
    }

    private func url(_ name: String) -> URL {
        URL(fileURLWithPath: path, isDirectory: true).appendingPathComponent(name)
    }
}
