import CanonicalJSON

/// Numbers of members in words.
enum MemberText {
    /// `member 3 and member 7`; `nobody` for none.
    static func list(_ numbers: JSONValue?) -> String {
        list((numbers?.array ?? []).compactMap(\.integer))
    }

    /// `member 3 and member 7`; `nobody` for none.
    static func list(_ numbers: [Int64]) -> String {
        let words = numbers.map { "member \($0)" }
        guard let last = words.last else { return "nobody" }
        return words.count == 1
            ? last : words.dropLast().joined(separator: ", ") + " and " + last
    }
}
