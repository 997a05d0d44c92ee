import ArgumentParser
import CanonicalJSON
import Documents
import Routing

/// The operations of a proposal, from files and options.
struct OperationFiles: ParsableArguments {
    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: ArgumentHelp(
            "Routes and backends to put in force, YAML or JSON; - is standard input. Repeatable.",
            valueName: "file"))
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "A document to take out of force, such as HTTPRoute/library. Repeatable.",
            valueName: "kind/name"))
    var delete: [String] = []

    func validate() throws {
        if files.isEmpty && delete.isEmpty {
            throw ValidationError("name what to change: -f FILE or --delete KIND/NAME")
        }
    }

    /// Reads and checks everything, without asking a council.
    ///
    /// - Returns: The `operations` array of docs/formats.md §2: documents in the order of the
    ///   files, then deletions.
    /// - Throws: ``Complaint`` with every fault found, each as `file:line:column: field: reason`.
    func read() throws(Complaint) -> JSONValue {
        var documents: [LocatedDocument] = []
        for file in files { documents += try Self.documents(in: file) }
        var faults: [String] = []
        for document in documents {
            do throws(DocumentFault) {
                for notice in try ProposedDocument(validating: document.value).notices {
                    Output.words(
                        "note: " + document.message(pointer: notice.pointer, reason: notice.text))
                }
            } catch {
                faults.append(
                    document.message(
                        pointer: error.pointer,
                        reason: "\(error.reason); expected \(error.expected)"))
            }
        }
        guard faults.isEmpty else {
            throw .usage(
                faults.joined(separator: "\n       "), next: "correct the file; nothing was sent")
        }
        let operations = JSONValue.array(
            documents.map { ["op": "apply", "document": $0.value] } + (try deletions()))
        do throws(PlanFault) {
            _ = try OperationBundle(validating: operations)
        } catch {
            throw .usage("\(error)", at: files.joined(separator: ", "), next: "nothing was sent")
        }
        return operations
    }

    private static func documents(in file: String) throws(Complaint) -> [LocatedDocument] {
        let octets = try LocalFile.read(file, limit: LocalFile.documentOctetsMax)
        let name = file == "-" ? "standard input" : file
        let documents: [LocatedDocument]
        do throws(DocumentsFault) {
            documents = try Documents.parse(
                octets, format: file.hasSuffix(".json") ? .json : .yaml, name: name)
        } catch {
            throw .usage("\(error)", next: "correct the file; nothing was sent")
        }
        guard !documents.isEmpty else { throw .usage("the file holds no document", at: name) }
        return documents
    }

    private func deletions() throws(Complaint) -> [JSONValue] {
        var deletions: [JSONValue] = []
        for typed in delete {
            let parts = typed.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[1].isEmpty,
                RouteDocument.Kind(rawValue: String(parts[0])) != nil
            else {
                throw .usage(
                    "not a kind and a name", at: "--delete \(typed)",
                    next: "write it as HTTPRoute/NAME or Backend/NAME; commonway routes lists them")
            }
            deletions.append([
                "op": "delete", "kind": .string(String(parts[0])),
                "name": .string(String(parts[1])),
            ])
        }
        return deletions
    }
}
