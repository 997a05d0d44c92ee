/// Writes XML 1.0 that any reader takes, whatever text is put in.
struct XMLWriter: Sendable {
    /// What was written.
    private(set) var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    private var depth = 0

    /// One attribute.
    typealias Attribute = (name: String, value: String)

    /// Writes an element that holds a text, or nothing.
    ///
    /// - Parameter name: An XML name; so are the attributes'.
    mutating func element(
        _ name: String, _ content: String? = nil, _ attributes: [Attribute] = []
    ) {
        indent()
        text += "<\(name)\(Self.written(attributes))"
        if let content {
            text += ">\(Self.escaped(content))</\(name)>\n"
        } else {
            text += "/>\n"
        }
    }

    /// Writes an element that holds others.
    mutating func element(
        _ name: String, _ attributes: [Attribute] = [], holding body: (inout XMLWriter) -> Void
    ) {
        indent()
        text += "<\(name)\(Self.written(attributes))>\n"
        depth += 1
        body(&self)
        depth -= 1
        indent()
        text += "</\(name)>\n"
    }

    /// A text that stands for itself in content and in attributes between double quotes.
    ///
    /// What XML 1.0 has no way to say (§2.2: most control characters) becomes U+FFFD; line breaks
    /// in attributes would be read as spaces, so they are written as references.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n", "\r": escaped += "&#\(scalar.value);"
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func written(_ attributes: [Attribute]) -> String {
        attributes.map { " \($0.name)=\"\(escaped($0.value))\"" }.joined()
    }

    private mutating func indent() { text += String(repeating: "  ", count: depth) }
}
