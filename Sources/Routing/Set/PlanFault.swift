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
        /// More octets than a shadow report may have; the plan itself may stand.
        case reportTooLong(limit: Int)
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

extension PlanFault: CustomStringConvertible {
    /// What is wrong, with the operation counted from 1: `operation 2: …`.
    package var description: String {
        operation.map { "operation \($0 + 1): \(reason)" } ?? reason
    }

    /// What is wrong, without the operation.
    package var reason: String {
        switch kind {
        case .malformed(let reason): reason
        case .operationCount(let actual, let limit): "\(actual) operations; expected 1 to \(limit)"
        case .document(let fault): fault.description
        case .duplicate(let key): "\(key.text) is the subject of two operations"
        case .notInForce(let key): "\(key.text) is not in force"
        case .noChange(let key): "\(key.text) is in force exactly so; nothing would change"
        case .unknownBackend(let route, let pointer, let backend):
            "HTTPRoute/\(route) \(pointer): there will be no Backend/\(backend)"
        case .unknownPort(let route, let pointer, let backend, let port):
            """
            HTTPRoute/\(route) \(pointer): no endpoint of Backend/\(backend) will have port \(port)
            """
        case .backendInUse(let backend, let route):
            "Backend/\(backend) is named by HTTPRoute/\(route), which stays in force"
        case .tooManyOverlaps(let limit):
            "the matches overlap in more ways than a plan compares, \(limit); split the proposal"
        case .reportTooLong(let limit):
            """
            the requests that change hands take more than \(limit) octets to tell; split the \
            proposal
            """
        }
    }
}
