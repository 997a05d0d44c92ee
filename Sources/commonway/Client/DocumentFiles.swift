import CanonicalJSON
import Documents
import Routing

/// Files of documents, with words for everything that is wrong with them.
enum DocumentFiles {
    /// The most documents of a file that are taken as a table; its octets are bounded too.
    private static let inForceMax = 10_000

    /// Reads files in their order.
    ///
    /// - Throws: ``Complaint`` for a file that holds no documents.
    static func read(
        _ files: [String], documentsMax: Int = Documents.documentsMax
    ) throws(Complaint) -> [LocatedDocument] {
        var documents: [LocatedDocument] = []
        for file in files { documents += try read(file, documentsMax: documentsMax) }
        return documents
    }

    private static func read(
        _ file: String, documentsMax: Int
    ) throws(Complaint) -> [LocatedDocument] {
        try read(
            try LocalFile.read(file, limit: LocalFile.documentOctetsMax), file: file,
            documentsMax: documentsMax)
    }

    /// Reads what a file holds.
    ///
    /// - Throws: ``Complaint`` when it holds no documents.
    static func read(
        _ octets: [UInt8], file: String, documentsMax: Int = Documents.documentsMax
    ) throws(Complaint) -> [LocatedDocument] {
        let name = file == "-" ? "standard input" : file
        // A list is no YAML document of ours, so on standard input it can only be JSON.
        let isList = file == "-" && octets.first { $0 > 0x20 } == UInt8(ascii: "[")
        let documents: [LocatedDocument]
        do throws(DocumentsFault) {
            documents = try Documents.parse(
                octets, format: file.hasSuffix(".json") || isList ? .json : .yaml, name: name,
                documentsMax: documentsMax)
        } catch {
            throw .usage("\(error)", next: "correct the file; nothing was sent")
        }
        guard !documents.isEmpty else { throw .usage("the file holds no document", at: name) }
        return documents
    }

    /// Checks every document; one with `op` is an operation as it is written, whose document is.
    ///
    /// - Returns: The documents; those to delete are left out.
    /// - Throws: ``Complaint`` with every fault found, each as `file:line:column: field: reason`.
    @discardableResult
    static func check(_ documents: [LocatedDocument]) throws(Complaint) -> [ProposedDocument] {
        var checked: [ProposedDocument] = []
        var faults: [String] = []
        for document in documents {
            let isOperation = document.value["op"] != nil
            if isOperation && document.value["document"] == nil { continue }
            let value = isOperation ? document.value["document"] ?? [:] : document.value
            let base = isOperation ? "/document" : ""
            do throws(DocumentFault) {
                let proposed = try ProposedDocument(validating: value)
                for notice in proposed.notices {
                    Output.words(
                        "note: "
                            + document.message(
                                pointer: base + notice.pointer, reason: notice.text))
                }
                checked.append(proposed)
            } catch {
                faults.append(
                    document.message(
                        pointer: base + error.pointer,
                        reason: "\(error.reason); expected \(error.expected)"))
            }
        }
        guard faults.isEmpty else {
            throw .usage(
                faults.joined(separator: "\n       "), next: "correct the file; nothing was sent")
        }
        return checked
    }

    /// Counts the documents of files as ratified in their order.
    ///
    /// - Throws: ``Complaint`` with every fault found.
    static func inForce(_ files: [String]) throws(Complaint) -> DocumentSet {
        let documents = try read(files, documentsMax: inForceMax)
        for document in documents where document.value["op"] != nil {
            throw .usage(
                document.message(
                    pointer: "/op", reason: "an operation; expected a document in force"),
                next: "correct the file")
        }
        let proposed = try check(documents)
        do throws(PlanFault) {
            return try DocumentSet(ratifying: proposed)
        } catch {
            throw .usage(message(of: error, in: documents), next: "correct the file")
        }
    }

    /// A fault of operations with its place in the files that they came from.
    static func message(of fault: PlanFault, in documents: [LocatedDocument]) -> String {
        guard let index = fault.operation, documents.indices.contains(index) else {
            return "\(fault)"
        }
        return message(of: fault, in: documents[index])
    }

    /// A fault of one document's operation with its place in the file.
    static func message(of fault: PlanFault, in document: LocatedDocument) -> String {
        let base = document.value["op"] == nil ? "" : "/document"
        switch fault.kind {
        case .unknownBackend(_, let pointer, let backend):
            return document.message(
                pointer: base + pointer,
                reason: "there will be no Backend/\(backend); expected the name of one")
        case .unknownPort(_, let pointer, let backend, let port):
            return document.message(
                pointer: base + pointer,
                reason: "no endpoint of Backend/\(backend) will have port \(port); expected the "
                    + "port of one")
        case .document(let fault):
            return document.message(
                pointer: base + fault.pointer,
                reason: "\(fault.reason); expected \(fault.expected)")
        default: return document.message(pointer: "", reason: fault.reason)
        }
    }
}
