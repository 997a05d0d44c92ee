import CanonicalJSON
import Documents
import Routing

/// The values of YAML documents.
func values(_ yaml: String) throws -> [JSONValue] {
    try Documents.parse(Array(yaml.utf8), format: .yaml, name: "test.yaml").map(\.value)
}

/// A bundle from the YAML of an operations array or of documents to apply.
func bundle(_ yaml: String) throws -> OperationBundle {
    let values = try values(yaml)
    if values.count == 1, values[0].array != nil {
        return try OperationBundle(validating: values[0])
    }
    return try OperationBundle(applying: values)
}

/// A backend with one endpoint, as YAML.
func backend(_ name: String, port: Int = 9001) -> String {
    "{kind: Backend, name: \(name), endpoints: [{address: 127.0.0.1, port: \(port)}]}"
}

extension DocumentSet {
    /// Enacts documents one after the other, each by an entry of its own from 10 on.
    init(enacting yaml: String) throws {
        self.init()
        for (index, value) in try values(yaml).enumerated() {
            try apply(
                OperationBundle(applying: [value]),
                by: Enactment(entry: 10 + index, proposal: 1 + index))
        }
    }
}

extension RouteTable {
    /// A table of documents enacted one after the other, a backend named `b` before them.
    convenience init(_ yaml: String) throws {
        self.init(compiling: try DocumentSet(enacting: "\(backend("b"))\n---\n\(yaml)"))
    }
}
