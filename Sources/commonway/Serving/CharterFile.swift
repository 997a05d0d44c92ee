import CanonicalJSON
import Documents
import Governance

/// Reads a charter as people write it.
enum CharterFile {
    /// Reads and checks a charter in YAML or JSON.
    ///
    /// - Throws: ``Complaint`` with line and column of what is wrong.
    static func read(_ path: String) throws(Complaint) -> JSONValue {
        let octets = try LocalFile.read(path, limit: LocalFile.documentOctetsMax)
        let documents: [LocatedDocument]
        do {
            documents = try Documents.parse(
                octets, format: path.hasSuffix(".json") ? .json : .yaml, name: path)
        } catch {
            throw .usage("\(error)", next: "mend the charter; governance/charter.yaml is a model")
        }
        guard let document = documents.first, documents.count == 1 else {
            throw .usage("\(documents.count) documents where one charter is expected", at: path)
        }
        do {
            _ = try Charter(document.value)
        } catch {
            throw .usage(
                document.message(pointer: error.pointer, reason: error.reason),
                next: "mend the charter; governance/charter.yaml is a model")
        }
        return document.value
    }
}
