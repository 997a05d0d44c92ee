/// From the first line of a function's declaration to its closing brace.
struct FunctionExtent: Equatable {
    /// `match`, `init`, `deinit`, `subscript`, or a computed property's name.
    let name: String
    let firstLine: Int
    let lastLine: Int

    var lineCount: Int { lastLine - firstLine + 1 }

    /// Every function, initialiser, subscript and computed property with a body, nested ones too.
    ///
    /// - Parameter code: A file's lexemes without comments.
    static func all(in code: [Lexeme]) -> [FunctionExtent] {
        code.indices.compactMap { index in
            guard let name = declaredName(at: index, in: code),
                let opening = bodyStart(after: index, in: code),
                let closing = closingBrace(from: opening, in: code)
            else { return nil }
            return FunctionExtent(
                name: name, firstLine: code[index].line, lastLine: code[closing].line)
        }
    }

    /// The name, when a declaration that may have a body begins with the word at the index.
    private static func declaredName(at index: Int, in code: [Lexeme]) -> String? {
        guard code[index].kind == .word else { return nil }
        let before = index > 0 ? code[index - 1] : nil
        let after = index + 1 < code.count ? code[index + 1] : nil
        switch code[index].text {
        case "func": return after?.text
        case "var" where before?.isCode("for") != true: return after?.text
        case "init" where before?.isCode(".") != true:
            // `init` with a parameter list or its generics; a call is always `x.init(…)`.
            return ["(", "?", "!", "<"].contains(after?.text) ? "init" : nil
        case "deinit": return "deinit"
        case "subscript" where before?.isCode(".") != true: return "subscript"
        default: return nil
        }
    }

    /// The index of the brace that opens the body; `nil` for a requirement or stored property.
    private static func bodyStart(after start: Int, in code: [Lexeme]) -> Int? {
        var depth = 0
        for index in code.indices.dropFirst(start + 1) {
            let lexeme = code[index]
            switch lexeme.text {
            case "(" where lexeme.kind == .sign, "[" where lexeme.kind == .sign: depth += 1
            case ")" where lexeme.kind == .sign, "]" where lexeme.kind == .sign:
                depth -= 1
                if depth < 0 { return nil }
            case "{" where lexeme.kind == .sign:
                if depth == 0 { return index }
            default: break
            }
            if depth == 0, index > start + 1, endsDeclaration(at: index, in: code) { return nil }
        }
        return nil
    }

    /// Whether the declaration before this lexeme has ended without a body.
    private static func endsDeclaration(at index: Int, in code: [Lexeme]) -> Bool {
        let (lexeme, before) = (code[index], code[index - 1])
        if lexeme.isCode("}") || lexeme.isCode(";") { return true }
        if lexeme.isCode("="), !isPartOfOperator(at: index, in: code) { return true }
        guard lexeme.line > before.line else { return false }
        return !wordsThatContinue.contains(lexeme.text) && !endsThatContinue.contains(before.text)
    }

    /// Whether an equals sign is not the assignment of a value: `==`, `<=`, `>=`.
    private static func isPartOfOperator(at index: Int, in code: [Lexeme]) -> Bool {
        let isSecond =
            code[index - 1].kind == .sign && code[index].isAttached(to: code[index - 1])
            && ["=", "<", ">", "!", "~"].contains(code[index - 1].text)
        let isFirst =
            index + 1 < code.count && code[index + 1].isCode("=")
            && code[index + 1].isAttached(to: code[index])
        return isSecond || isFirst
    }

    /// With these a declaration goes on, on the next line …
    private static let wordsThatContinue: Set<String> = [
        "{", ")", "]", "-", ">", ":", "&", "async", "throws", "rethrows", "where",
    ]
    /// … and after these.
    private static let endsThatContinue: Set<String> = [",", "<", ">", ":", "&", "where"]

    private static func closingBrace(from opening: Int, in code: [Lexeme]) -> Int? {
        var depth = 0
        for index in code.indices.dropFirst(opening) {
            if code[index].isCode("{") { depth += 1 }
            if code[index].isCode("}") { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
