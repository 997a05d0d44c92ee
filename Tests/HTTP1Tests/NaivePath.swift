/// The canonical form of a path, slowly and from the text of the rule: the oracle for
/// `CanonicalPath`.
enum NaivePath {
    /// The form, or `nil` when the path is refused. The path has only whole escapes, no `%00`.
    static func form(of path: String) -> String? {
        let reading = replaced(replaced(replaced(path, "%2E", "."), "%2F", "/"), "%5C", "/")
        guard dotSegments(in: reading) == dotSegments(in: path) else { return nil }
        var segments: [String] = []
        let pieces = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (index, piece) in pieces.enumerated() {
            let isLast = index == pieces.count - 1
            switch piece {
            case ".": if isLast { segments.append("") }
            case "..":
                _ = segments.popLast()
                if isLast { segments.append("") }
            default: segments.append(spelled(String(piece)))
            }
        }
        return "/" + segments.joined(separator: "/")
    }

    private static func dotSegments(in path: String) -> Int {
        path.split(separator: "/").count { $0 == "." || $0 == ".." }
    }

    /// A text with an escape replaced, be its digits in capitals or not.
    private static func replaced(_ text: String, _ escape: String, _ character: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let first = rest.first {
            if rest.prefix(3).uppercased() == escape {
                result += character
                rest = rest.dropFirst(3)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    /// A segment with escapes of unreserved characters read, the others in capitals.
    private static func spelled(_ segment: String) -> String {
        var result = ""
        var rest = Substring(segment)
        while let first = rest.first {
            guard first == "%" else {
                result.append(first)
                rest = rest.dropFirst()
                continue
            }
            let value = UInt8(rest.dropFirst().prefix(2), radix: 16) ?? 0
            let character = Character(Unicode.Scalar(value))
            let isUnreserved =
                character.isASCII && (character.isLetter || character.isNumber)
                || "-._~".contains(character)
            result += isUnreserved ? String(character) : rest.prefix(3).uppercased()
            rest = rest.dropFirst(3)
        }
        return result
    }
}
