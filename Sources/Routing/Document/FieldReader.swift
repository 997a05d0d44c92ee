import CanonicalJSON

/// Reads the members of one object; every fault carries the member's JSON Pointer.
struct FieldReader {
    /// Where the object stands in the document.
    let pointer: String
    private let object: JSONObject

    /// Takes a value that must be an object.
    init(_ value: JSONValue, at pointer: String) throws(DocumentFault) {
        guard let object = value.object else {
            throw DocumentFault(
                pointer: pointer, reason: "\(value.typeName) stands here", expected: "an object")
        }
        self.object = object
        self.pointer = pointer
    }

    /// The JSON Pointer of a member.
    func pointer(to name: String) -> String {
        pointer + JSONValue.pointerStep(name)
    }

    /// A fault at a member, or at the object itself without a name.
    func fault(_ name: String?, _ reason: String, expected: String) -> DocumentFault {
        DocumentFault(
            pointer: name.map { pointer(to: $0) } ?? pointer, reason: reason, expected: expected)
    }

    /// Refuses every member that is neither known nor refused for a reason of its own.
    ///
    /// - Parameters:
    ///   - known: The members that the language has here.
    ///   - unbuilt: Members that it will have; each is refused by name until it works.
    func allow(_ known: [String], unbuilt: [String] = []) throws(DocumentFault) {
        for member in object.members where !known.contains(member.name) {
            if unbuilt.contains(member.name) {
                throw fault(
                    member.name, "\(member.name) is not built yet",
                    expected: "a document without it")
            }
            if member.name == "namespace" || member.name == "status" {
                throw fault(
                    member.name, "\(member.name) only makes sense in Kubernetes",
                    expected: "a document without it")
            }
            throw fault(
                member.name, "unknown field \(member.name)",
                expected: known.sorted().joined(separator: ", "))
        }
    }

    /// The member as it stands.
    subscript(name: String) -> JSONValue? { object[name] }

    /// A member that must be a string, when it is there.
    func string(_ name: String) throws(DocumentFault) -> String? {
        guard let value = object[name] else { return nil }
        guard let string = value.string else {
            throw fault(name, "\(value.typeName) stands here", expected: "a string")
        }
        return string
    }

    /// A member that must be there and be a string.
    func requiredString(_ name: String, expected: String) throws(DocumentFault) -> String {
        guard let string = try string(name) else {
            throw fault(nil, "\(name) is missing", expected: "\(name): \(expected)")
        }
        return string
    }

    /// A member that must be one of the words given, when it is there.
    func word(_ name: String, of words: [String]) throws(DocumentFault) -> String? {
        guard let string = try string(name) else { return nil }
        guard words.contains(string) else {
            throw fault(name, "unknown value \(string)", expected: words.joined(separator: ", "))
        }
        return string
    }

    /// A member that must be an integer in the range, when it is there.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(DocumentFault) -> Int? {
        guard let value = object[name] else { return nil }
        let expected = "an integer, \(range.lowerBound) to \(range.upperBound)"
        guard let integer = value.integer else {
            throw fault(name, "\(value.typeName) stands here", expected: expected)
        }
        guard let exact = Int(exactly: integer), range.contains(exact) else {
            throw fault(name, "\(integer) is out of range", expected: expected)
        }
        return exact
    }

    /// A member that must be true or false, when it is there.
    func boolean(_ name: String) throws(DocumentFault) -> Bool? {
        guard let value = object[name] else { return nil }
        guard let boolean = value.bool else {
            throw fault(name, "\(value.typeName) stands here", expected: "true or false")
        }
        return boolean
    }

    /// The elements of a member that must be an array of at most `limit`, each with its pointer.
    ///
    /// - Returns: `nil` when the member is not there.
    func elements(
        _ name: String, limit: Int
    ) throws(DocumentFault) -> [(value: JSONValue, pointer: String)]? {
        guard let value = object[name] else { return nil }
        return try Self.elements(of: value, at: pointer(to: name), limit: limit)
    }

    /// The elements of a value that must be an array of at most `limit`, each with its pointer.
    static func elements(
        of value: JSONValue, at pointer: String, limit: Int
    ) throws(DocumentFault) -> [(value: JSONValue, pointer: String)] {
        guard let array = value.array else {
            throw DocumentFault(
                pointer: pointer, reason: "\(value.typeName) stands here", expected: "an array")
        }
        guard array.count <= limit else {
            throw DocumentFault(
                pointer: pointer, reason: "\(array.count) elements", expected: "at most \(limit)")
        }
        return array.enumerated().map { ($1, "\(pointer)/\($0)") }
    }
}
