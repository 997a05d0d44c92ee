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

    /// Whether they name nothing.
    var isEmpty: Bool { files.isEmpty && delete.isEmpty }

    /// Reads and checks everything, without asking a council.
    ///
    /// - Returns: The `operations` array of docs/formats.md §2: documents in the order of the
    ///   files, then deletions.
    /// - Throws: ``Complaint`` with every fault found, each as `file:line:column: field: reason`.
    func read() throws(Complaint) -> JSONValue { try readLocated().operations }

    /// Reads as ``read()`` does, and keeps the places in the files.
    func readLocated() throws(Complaint) -> (
        operations: JSONValue, documents: [LocatedDocument]
    ) {
        let documents = try DocumentFiles.read(files)
        try DocumentFiles.check(documents)
        let operations = JSONValue.array(
            (OperationBundle.operations(of: documents.map(\.value)).array ?? [])
                + (try deletions()))
        do throws(PlanFault) {
            _ = try OperationBundle(validating: operations)
        } catch {
            throw .usage(
                DocumentFiles.message(of: error, in: documents), next: "nothing was sent")
        }
        return (operations, documents)
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
