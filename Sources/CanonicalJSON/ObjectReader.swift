/// Why a value, well formed as JSON, is not the object that was expected.
package struct FormatFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The value at fault, as a JSON Pointer (RFC 6901); empty for the whole.
    package let pointer: String
    /// What is wrong and what was expected.
    package let reason: String

    /// A fault at a place.
    package init(pointer: String, reason: String) {
        self.pointer = pointer
        self.reason = reason
    }

    /// `/classes/routine/margin: expected an integer, found a string`.
    package var description: String { pointer.isEmpty ? reason : "\(pointer): \(reason)" }
}

/// Takes an object apart member by member, and refuses what nobody asked for.
///
/// Ends with ``finish()``: a member that was never read is unknown, and an unknown member is
/// refused, since accepting and ignoring it would let a writer believe that it had an effect.
package struct ObjectReader {
    private let object: JSONObject
    /// Where the object stands in the whole, as a JSON Pointer.
    package let pointer: String
    private var known: [String] = []

    /// Opens an object.
    ///
    /// - Throws: ``FormatFault`` when the value is not an object.
    package init(_ value: JSONValue, at pointer: String = "") throws(FormatFault) {
        guard case .object(let object) = value else {
            throw FormatFault(
                pointer: pointer, reason: "expected an object, found \(value.typeName)")
        }
        self.object = object
        self.pointer = pointer
    }

    /// A fault at a member of this object.
    package func fault(_ name: String, _ reason: String) -> FormatFault {
        FormatFault(pointer: pointer + JSONValue.pointerStep(name), reason: reason)
    }

    /// Whether a member is there.
    package func has(_ name: String) -> Bool { object[name] != nil }

    /// The member's value, or `nil` when it is absent.
    package mutating func optional(_ name: String) -> JSONValue? {
        known.append(name)
        return object[name]
    }

    /// The member's value.
    ///
    /// - Throws: ``FormatFault`` when it is absent.
    package mutating func value(_ name: String) throws(FormatFault) -> JSONValue {
        guard let value = optional(name) else { throw fault(name, "is missing") }
        return value
    }

    /// A string member.
    ///
    /// - Throws: ``FormatFault`` when it is absent or no string.
    package mutating func string(_ name: String) throws(FormatFault) -> String {
        try expectString(name, try value(name))
    }

    /// A string member that may be absent.
    ///
    /// - Throws: ``FormatFault`` when it is there and no string.
    package mutating func optionalString(_ name: String) throws(FormatFault) -> String? {
        guard let value = optional(name) else { return nil }
        return try expectString(name, value)
    }

    /// An integer member within bounds.
    ///
    /// - Throws: ``FormatFault`` when it is absent, no integer, or outside the bounds.
    package mutating func integer(
        _ name: String, in bounds: ClosedRange<Int64> = JSONValue.integerRange
    ) throws(FormatFault) -> Int64 {
        let found = try value(name)
        guard case .integer(let integer) = found else {
            throw fault(name, "expected an integer, found \(found.typeName)")
        }
        guard bounds.contains(integer) else {
            throw fault(
                name, "expected \(bounds.lowerBound)…\(bounds.upperBound), found \(integer)")
        }
        return integer
    }

    /// A boolean member, or `nil` when it is absent.
    ///
    /// - Throws: ``FormatFault`` when it is there and no boolean.
    package mutating func optionalBool(_ name: String) throws(FormatFault) -> Bool? {
        guard let found = optional(name) else { return nil }
        guard case .bool(let bool) = found else {
            throw fault(name, "expected true or false, found \(found.typeName)")
        }
        return bool
    }

    /// A boolean member.
    ///
    /// - Throws: ``FormatFault`` when it is absent or no boolean.
    package mutating func bool(_ name: String) throws(FormatFault) -> Bool {
        let found = try value(name)
        guard case .bool(let bool) = found else {
            throw fault(name, "expected true or false, found \(found.typeName)")
        }
        return bool
    }

    /// An array member of a bounded number of elements.
    ///
    /// - Throws: ``FormatFault`` when it is absent, no array, or of another length.
    package mutating func array(
        _ name: String, count bounds: ClosedRange<Int>
    ) throws(FormatFault) -> [JSONValue] {
        let found = try value(name)
        guard case .array(let array) = found else {
            throw fault(name, "expected an array, found \(found.typeName)")
        }
        guard bounds.contains(array.count) else {
            throw fault(
                name,
                "expected \(bounds.lowerBound)…\(bounds.upperBound) elements, found \(array.count)")
        }
        return array
    }

    /// An object member, opened.
    ///
    /// - Throws: ``FormatFault`` when it is absent or no object.
    package mutating func object(_ name: String) throws(FormatFault) -> ObjectReader {
        try ObjectReader(try value(name), at: pointer + JSONValue.pointerStep(name))
    }

    /// Ends the reading.
    ///
    /// - Throws: ``FormatFault`` naming the first member that nobody asked for.
    package func finish() throws(FormatFault) {
        guard let unknown = object.members.first(where: { !known.contains($0.name) }) else {
            return
        }
        throw fault(unknown.name, "is not known here; expected \(known.joined(separator: ", "))")
    }

    private func expectString(_ name: String, _ value: JSONValue) throws(FormatFault) -> String {
        guard case .string(let string) = value else {
            throw fault(name, "expected a string, found \(value.typeName)")
        }
        return string
    }
}
