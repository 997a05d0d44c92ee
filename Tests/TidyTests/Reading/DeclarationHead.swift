/// A declaration that carries the modifier `package`.
struct DeclarationHead: Equatable {
    /// What is declared: `func`, `struct`, `import`, …
    let keyword: String
    /// The declared name; empty for an initialiser, a subscript or an operator.
    let name: String
    /// The line of the modifier.
    let line: Int
    /// The first line of the declaration, its attributes included.
    let firstLine: Int

    private static let keywords: Set<String> = [
        "actor", "associatedtype", "case", "class", "deinit", "enum", "extension", "func",
        "import", "init", "let", "macro", "protocol", "struct", "subscript", "typealias", "var",
    ]
    private static let modifiers: Set<String> = [
        "borrowing", "consuming", "convenience", "dynamic", "final", "indirect", "infix", "lazy",
        "mutating", "nonisolated", "nonmutating", "optional", "override", "package", "postfix",
        "prefix", "required", "static", "unowned", "weak", "private", "internal", "fileprivate",
    ]

    /// Every declaration of the file that is visible to the package.
    static func all(in code: [Lexeme]) -> [DeclarationHead] {
        code.indices.compactMap { index in
            guard code[index].isCode("package"), let keyword = keyword(after: index, in: code)
            else { return nil }
            let name = keyword + 1 < code.count ? code[keyword + 1] : nil
            return DeclarationHead(
                keyword: code[keyword].text,
                name: name?.kind == .word ? name?.text ?? "" : "", line: code[index].line,
                firstLine: code[start(before: index, in: code)].line)
        }
    }

    /// The index of the declaring keyword, past further modifiers and attributes.
    ///
    /// `class func` and `class var` are members, so the later word counts.
    private static func keyword(after start: Int, in code: [Lexeme]) -> Int? {
        var index = start + 1
        while index < code.count {
            let lexeme = code[index]
            if lexeme.isCode("class"), index + 1 < code.count,
                ["func", "var", "let"].contains(code[index + 1].text)
            {
                return index + 1
            }
            if keywords.contains(lexeme.text), lexeme.kind == .word { return index }
            if lexeme.isCode("("), index > 0 {
                guard let closing = closing(of: index, in: code) else { return nil }
                index = closing + 1
            } else if lexeme.isCode("@") {
                index += 2
            } else if modifiers.contains(lexeme.text) {
                index += 1
            } else {
                return nil
            }
        }
        return nil
    }

    private static func closing(of opening: Int, in code: [Lexeme]) -> Int? {
        var depth = 0
        for index in code.indices.dropFirst(opening) {
            if code[index].isCode("(") { depth += 1 }
            if code[index].isCode(")") { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    /// The index of the first modifier or attribute of the declaration with this modifier.
    private static func start(before index: Int, in code: [Lexeme]) -> Int {
        var start = index
        while start > 0 {
            var candidate = start - 1
            if code[candidate].isCode(")") {
                var depth = 0
                while candidate > 0 {
                    if code[candidate].isCode(")") { depth += 1 }
                    if code[candidate].isCode("(") { depth -= 1 }
                    if depth == 0 { break }
                    candidate -= 1
                }
                candidate -= 1
            }
            guard candidate >= 0, code[candidate].kind == .word else { return start }
            if candidate > 0, code[candidate - 1].isCode("@") {
                start = candidate - 1
            } else if modifiers.contains(code[candidate].text) {
                start = candidate
            } else {
                return start
            }
        }
        return start
    }
}
