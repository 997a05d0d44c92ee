import Foundation
import Proxy
import Routing

/// The folder in which an operator keeps what requests carry to backends: `BACKEND/NAME`, one file
/// for each, of mode 0600. A document names a secret and never contains it.
///
/// The folder above the file binds a secret to its backend: a route that a vote pointed at another
/// backend finds nothing there.
enum SecretsFolder {
    /// The largest value, octets: a field line of the gateway's.
    private static let valueOctetsMax = 4096

    /// Reads all of a folder.
    ///
    /// - Throws: ``Complaint`` naming the file, never what it holds.
    static func read(_ path: String) throws(Complaint) -> BackendSecrets {
        var secrets = BackendSecrets()
        let folder = URL(fileURLWithPath: LocalFile.expanded(path), isDirectory: true)
        for backend in try contents(of: folder) {
            let inner = folder.appendingPathComponent(backend)
            guard (try? inner.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
            else {
                throw .usage(
                    "a file beside the backends' folders", at: inner.path,
                    next: "put it into a folder with its backend's name")
            }
            for name in try contents(of: inner) {
                let file = inner.appendingPathComponent(name).path
                secrets.hold(try value(in: file), as: name, for: backend)
            }
        }
        return secrets
    }

    private static func contents(of folder: URL) throws(Complaint) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        } catch {
            throw .usage(
                "the folder cannot be read: \(Reason.text(error))", at: folder.path,
                next: "--secrets takes a folder with a folder for each backend")
        }
    }

    private static func value(in path: String) throws(Complaint) -> String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard mode & 0o077 == 0 else {
            throw .usage("others may read this secret", at: path, next: "chmod 600 it")
        }
        var text = try LocalFile.readText(path, limit: valueOctetsMax)
        // An editor's last line break is not meant.
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        guard !text.isEmpty, NameSyntax.isFieldValue(text) else {
            throw .usage(
                "no header can have this value", at: path,
                next: "one line of 1 to \(valueOctetsMax) octets, no white space at either end")
        }
        return text
    }
}
