/// A JSON value of the strict profile in which everything that is signed or hashed is written.
///
/// The profile is RFC 8785 (JCS) narrowed until one value has exactly one spelling: member names
/// are visible ASCII, numbers are integers within ±(2^53−1), there is no `null`, no fraction and no
/// repeated member name.
package enum JSONValue: Hashable, Sendable {
    /// Members, held in the order of their names' octets.
    case object(JSONObject)
    /// Values in the order written.
    case array([JSONValue])
    /// Text, any Unicode scalar values.
    case string(String)
    /// A whole number within ``integerRange``.
    case integer(Int64)
    /// `true` or `false`.
    case bool(Bool)

    /// The integers that every JSON implementation reads alike: ±(2^53−1), RFC 8785 §3.2.2.3.
    package static let integerRange: ClosedRange<Int64> =
        -9_007_199_254_740_991...9_007_199_254_740_991

    /// The name of the value's type as error messages write it, such as `a string`.
    package var typeName: String {
        switch self {
        case .object: "an object"
        case .array: "an array"
        case .string: "a string"
        case .integer: "an integer"
        case .bool: "a boolean"
        }
    }

    /// The members, when this is an object.
    package var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The elements, when this is an array.
    package var array: [JSONValue]? {
        if case .array(let array) = self { array } else { nil }
    }

    /// The text, when this is a string.
    package var string: String? {
        if case .string(let string) = self { string } else { nil }
    }

    /// The number, when this is an integer.
    package var integer: Int64? {
        if case .integer(let integer) = self { integer } else { nil }
    }

    /// The truth value, when this is a boolean.
    package var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// The member of that name, when this is an object that has it.
    package subscript(name: String) -> JSONValue? {
        object?[name]
    }
}

extension JSONValue {
    /// Whether both are written alike. Octets decide: String's own equality takes two spellings of
    /// a letter for one.
    package static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.object(let left), .object(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.integer(let left), .integer(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        default: false
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string from a literal.
    package init(stringLiteral value: String) { self = .string(value) }

    /// An integer from a literal.
    package init(integerLiteral value: Int64) { self = .integer(value) }

    /// A boolean from a literal.
    package init(booleanLiteral value: Bool) { self = .bool(value) }

    /// An array from a literal.
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// An object from a literal; of a repeated name the last value counts.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (name, value) in elements { object[name] = value }
        self = .object(object)
    }
}
