/// One `import` of a file.
struct Import: Equatable {
    /// `Foundation` of `import struct Foundation.Data`.
    let module: String
    let line: Int

    private static let kinds: Set<String> = [
        "actor", "class", "enum", "func", "let", "protocol", "struct", "typealias", "var",
    ]

    /// Every import, whatever access level, attribute or kind it carries.
    static func all(in code: [Lexeme]) -> [Import] {
        code.indices.compactMap { index in
            guard code[index].isCode("import") else { return nil }
            let rest = code[(index + 1)...].drop { kinds.contains($0.text) }
            guard let module = rest.first, module.kind == .word else { return nil }
            return Import(module: module.text, line: code[index].line)
        }
    }
}
