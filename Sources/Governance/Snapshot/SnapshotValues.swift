import CanonicalJSON
import Routing
import SSHSignature

/// What snapshots write as arrays and texts, read back.
///
/// Every reading throws ``FormatFault`` with the pointer of what is malformed.
enum SnapshotValues {
    static func elements(
        _ value: JSONValue, _ count: Int, at pointer: String
    ) throws(FormatFault) -> [JSONValue] {
        guard let elements = value.array, elements.count == count else {
            throw FormatFault(pointer: pointer, reason: "expected \(count) elements")
        }
        return elements
    }

    static func integer(_ value: JSONValue, at pointer: String) throws(FormatFault) -> Int64 {
        guard let integer = value.integer else {
            throw FormatFault(pointer: pointer, reason: "expected an integer")
        }
        return integer
    }

    static func number(_ value: JSONValue, at pointer: String) throws(FormatFault) -> Int {
        Int(try integer(value, at: pointer))
    }

    static func numbers(_ value: JSONValue, at pointer: String) throws(FormatFault) -> [Int] {
        var numbers: [Int] = []
        for element in value.array ?? [] { numbers.append(try number(element, at: pointer)) }
        return numbers
    }

    static func digest(_ value: JSONValue, at pointer: String) throws(FormatFault) -> ContentDigest
    {
        guard let digest = value.string.flatMap({ ContentDigest(hex: $0) }) else {
            throw FormatFault(pointer: pointer, reason: "expected a digest")
        }
        return digest
    }

    static func key(_ value: JSONValue, at pointer: String) throws(FormatFault) -> PublicKey {
        do {
            return try PublicKey(openSSHLine: value.string ?? "")
        } catch {
            throw FormatFault(pointer: pointer, reason: "expected a key line: \(error)")
        }
    }

    /// `HTTPRoute/library`.
    static func documentKey(
        _ value: JSONValue, at pointer: String
    ) throws(FormatFault) -> DocumentKey {
        let parts = (value.string ?? "").split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let kind = RouteDocument.Kind(rawValue: parts[0]) else {
            throw FormatFault(pointer: pointer, reason: "expected the key of a document")
        }
        return DocumentKey(kind: kind, name: parts[1])
    }
}

extension ObjectReader {
    /// A member that is an integer, or absent.
    mutating func optionalInteger(_ name: String) throws(FormatFault) -> Int64? {
        guard let value = optional(name) else { return nil }
        return try SnapshotValues.integer(value, at: "\(pointer)/\(name)")
    }

    /// A member that is an array, of any length.
    mutating func list(_ name: String) throws(FormatFault) -> [JSONValue] {
        guard let array = try value(name).array else { throw fault(name, "expected an array") }
        return array
    }

    /// A member that is an integer of this platform.
    mutating func int(_ name: String) throws(FormatFault) -> Int {
        try SnapshotValues.number(try value(name), at: "\(pointer)/\(name)")
    }

    /// A member that is a time or length, milliseconds.
    mutating func milliseconds(_ name: String) throws(FormatFault) -> Int64 {
        try SnapshotValues.integer(try value(name), at: "\(pointer)/\(name)")
    }
}
