import CanonicalJSON

/// JSON with `null`, members in the order given: what commands answer where something is absent.
///
/// ``JSONValue`` is the profile in which things are signed and has no `null`, on purpose.
enum NullableJSON: Equatable {
    case null
    case value(JSONValue)
    case array([NullableJSON])
    case object([Member])

    /// A name and its value.
    struct Member: Equatable {
        let name: String
        let value: NullableJSON

        init(_ name: String, _ value: NullableJSON) {
            self.name = name
            self.value = value
        }
    }

    /// A text, or `null`.
    static func text(_ text: String?) -> NullableJSON { text.map { .value(.string($0)) } ?? .null }

    /// A number, or `null`.
    static func number(_ number: Int?) -> NullableJSON {
        number.map { .value(.integer(Int64($0))) } ?? .null
    }

    /// The value on one line.
    var line: String {
        switch self {
        case .null: "null"
        case .value(let value): value.canonicalText
        case .array(let elements): "[\(elements.map(\.line).joined(separator: ","))]"
        case .object(let members):
            "{"
                + members.map { "\(JSONValue.string($0.name).canonicalText):\($0.value.line)" }
                .joined(separator: ",") + "}"
        }
    }
}
