/// Why operations cannot be planned or enacted on a table.
package struct PlanFault: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Kind: Equatable, Sendable {
        /// The value is not an array of operations as the format spells them.
        case malformed(reason: String)
        /// None at all, or more than ``OperationBundle/operationsMax``.
        case operationCount(actual: Int, limit: Int)
        /// The document of an `apply` is wrong.
        case document(DocumentFault)
        /// A document is the subject of two operations.
        case duplicate(DocumentKey)
        /// A `delete` of what is not in force.
        case notInForce(DocumentKey)
        /// An `apply` of exactly what is in force.
        case noChange(DocumentKey)
        /// A route names a backend that will not exist.
        case unknownBackend(route: String, pointer: String, backend: String)
        /// A route names a port that no endpoint of the backend will have.
        case unknownPort(route: String, pointer: String, backend: String, port: Int)
        /// A backend is deleted that a route still names.
        case backendInUse(backend: String, route: String)
        /// More overlapping matches than a plan may compare.
        case tooManyOverlaps(limit: Int)
    }

    /// What is wrong.
    package let kind: Kind
    /// The operation, counted from 0; `nil` when it is about all of them.
    package let operation: Int?

    /// A fault.
    package init(_ kind: Kind, operation: Int? = nil) {
        self.kind = kind
        self.operation = operation
    }
}
