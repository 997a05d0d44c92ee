/// `public` is nowhere, and what other rooms see says what it is.
struct AccessRule: Rule {
    let name = "access"

    func violations(in file: SourceFile) -> [Violation] {
        let exported = file.code.filter { $0.isCode("public") || $0.isCode("open") }
            .filter { !isOrdinaryName($0, in: file) }
            .map {
                violation(
                    file, $0.line, "`\($0.text)` would promise an interface to strangers",
                    "write `package`")
            }
        guard file.isSource else { return exported }
        let bare = DeclarationHead.all(in: file.code)
            .filter { $0.keyword != "import" && $0.keyword != "extension" }
            .filter { !isDocumented($0, in: file) }
            .map {
                let words = ["package", $0.keyword, $0.name].filter { !$0.isEmpty }
                return violation(
                    file, $0.line, "`\(words.joined(separator: " "))` has no `///` above it",
                    "say what it is, with units, ranges and errors")
            }
        return (exported + bare).sorted { $0.line < $1.line }
    }

    /// `open` and `public` are words of ours too: `.open`, `open:`, `case open`, `open(…)`.
    private func isOrdinaryName(_ lexeme: Lexeme, in file: SourceFile) -> Bool {
        guard let index = file.code.firstIndex(of: lexeme), index + 1 < file.code.count
        else { return true }
        let declares: Set<String> = [
            "actor", "class", "enum", "extension", "final", "func", "init", "let", "override",
            "protocol", "static", "struct", "subscript", "typealias", "var", "import", "@", "(",
        ]
        let next = file.code[index + 1]
        if next.isCode("(") {
            // `public(set)`
            return !(index + 2 < file.code.count && file.code[index + 2].isCode("set"))
        }
        return !declares.contains(next.text) || next.line > lexeme.line && lexeme.text == "open"
    }

    /// Whether a documentation comment ends on the line above the declaration; ordinary comments
    /// may stand between.
    private func isDocumented(_ head: DeclarationHead, in file: SourceFile) -> Bool {
        var line = head.firstLine - 1
        while line >= 1 {
            let text = file.lines[line - 1].drop { $0 == " " }
            if text.hasPrefix("///") { return true }
            guard text.hasPrefix("//") else { return false }
            line -= 1
        }
        return false
    }
}
