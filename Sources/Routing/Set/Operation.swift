package import CanonicalJSON

/// One change that a proposal asks for.
package enum Operation: Hashable, Sendable {
    /// Puts a document in force, new or in place of the one of the same kind and name.
    case apply(ProposedDocument)
    /// Takes a document out of force.
    case delete(DocumentKey)

    /// The document that it is about.
    package var key: DocumentKey {
        switch self {
        case .apply(let proposed): proposed.key
        case .delete(let key): key
        }
    }

    /// The operation as proposals write it.
    var value: JSONValue {
        switch self {
        case .apply(let proposed): ["op": "apply", "document": proposed.value]
        case .delete(let key):
            ["op": "delete", "kind": .string(key.kind.rawValue), "name": .string(key.name)]
        }
    }

    /// The document that will be in force, when one will.
    package var proposed: ProposedDocument? {
        if case .apply(let proposed) = self { proposed } else { nil }
    }
}

/// What a proposal asks for: 1…10 operations, enacted whole or not at all.
package struct OperationBundle: Hashable, Sendable {
    /// The most operations in a bundle: more than people can weigh in one vote.
    package static let operationsMax = 10

    /// The operations in the order written; no two about the same document.
    package let operations: [Operation]
    /// The `operations` array as given.
    package let value: JSONValue
    /// The payload digest: SHA-256 of the array's canonical octets.
    package let payload: ContentDigest

    /// Reads the `operations` array of a proposal: `{"op":"apply","document":{…}}` and
    /// `{"op":"delete","kind":"HTTPRoute","name":"x"}`.
    ///
    /// - Throws: ``PlanFault`` with the operation and, inside a document, the field.
    package init(validating value: JSONValue) throws(PlanFault) {
        guard let elements = value.array else {
            throw PlanFault(.malformed(reason: "operations is \(value.typeName), not an array"))
        }
        guard (1...Self.operationsMax).contains(elements.count) else {
            throw PlanFault(
                .operationCount(actual: elements.count, limit: Self.operationsMax))
        }
        try self.init(elements: elements.enumerated().map { ($0.offset, $0.element) })
    }

    /// Reads operations that stand among others, so that they can be none at all.
    ///
    /// - Parameter elements: Each with its place in the proposal, counted from 0, for messages.
    /// - Throws: ``PlanFault``, as ``init(validating:)``.
    package init(elements: [(index: Int, value: JSONValue)]) throws(PlanFault) {
        var operations: [Operation] = []
        for (index, element) in elements {
            let operation = try Self.operation(element, index: index)
            guard !operations.contains(where: { $0.key == operation.key }) else {
                throw PlanFault(.duplicate(operation.key), operation: index)
            }
            operations.append(operation)
        }
        self.operations = operations
        value = .array(elements.map(\.value))
        payload = ContentDigest(of: value.canonicalOctets)
    }

    /// A bundle of operations that were validated before, on documents that differ.
    package init(_ operations: [Operation]) {
        self.operations = operations
        value = .array(operations.map(\.value))
        payload = ContentDigest(of: value.canonicalOctets)
    }

    /// A bundle from the documents of a file; see ``operations(of:)``.
    ///
    /// - Throws: ``PlanFault``, as for the array that they stand for.
    package init(applying documents: [JSONValue]) throws(PlanFault) {
        try self.init(validating: Self.operations(of: documents))
    }

    /// The `operations` array that the documents of a file stand for: one that has `op` is an
    /// operation as it is written, so that a file can delete too; any other is applied.
    package static func operations(of documents: [JSONValue]) -> JSONValue {
        .array(documents.map { $0["op"] == nil ? ["op": "apply", "document": $0] : $0 })
    }

    private static func operation(_ value: JSONValue, index: Int) throws(PlanFault) -> Operation {
        func malformed(_ reason: String) -> PlanFault {
            PlanFault(.malformed(reason: reason), operation: index)
        }
        guard let object = value.object else {
            throw malformed("an operation is an object, not \(value.typeName)")
        }
        let names = object.members.map(\.name)
        switch object["op"]?.string {
        case "apply":
            guard names == ["document", "op"], let document = object["document"] else {
                throw malformed(
                    "an apply has op and document, not \(names.joined(separator: ", "))")
            }
            do {
                return .apply(try ProposedDocument(validating: document))
            } catch {
                throw PlanFault(.document(error), operation: index)
            }
        case "delete":
            guard names == ["kind", "name", "op"],
                let kind = object["kind"]?.string.flatMap(RouteDocument.Kind.init(rawValue:)),
                let name = object["name"]?.string
            else {
                throw malformed("a delete has op, kind (HTTPRoute or Backend) and name")
            }
            guard NameSyntax.isSubdomain(name) else {
                throw malformed("\(name.debugDescription) is no name")
            }
            return .delete(DocumentKey(kind: kind, name: name))
        default: throw malformed("op is apply or delete")
        }
    }
}
