/// No `!` that traps: a forced unwrap, `try!`, `as!` or an implicitly unwrapped optional.
///
/// Tests keep this too: `#require` fails one test where `!` would end them all.
struct ForceRule: Rule {
    let name = "force"

    func violations(in file: SourceFile) -> [Violation] {
        file.code.indices.dropFirst().compactMap { index in
            let (sign, before) = (file.code[index], file.code[index - 1])
            guard sign.isCode("!"), sign.isAttached(to: before), isOperand(before),
                !isInequality(index, in: file.code)
            else { return nil }
            let isKeyword = before.isCode("try") || before.isCode("as")
            return violation(
                file, sign.line, "`\(before.text)!` traps when it does not hold",
                isKeyword
                    ? "handle the error or the other type"
                    : "use `guard let`, `if let` or, in a test, `try #require(…)`")
        }
    }

    /// What a postfix `!` can follow; after other signs it negates what comes.
    private func isOperand(_ lexeme: Lexeme) -> Bool {
        switch lexeme.kind {
        case .word, .number, .string: true
        case .sign: [")", "]", "}", ">", "?"].contains(lexeme.text)
        case .regex, .comment: false
        }
    }

    /// `a!=b`
    private func isInequality(_ index: Int, in code: [Lexeme]) -> Bool {
        index + 1 < code.count && code[index + 1].isCode("=")
            && code[index + 1].isAttached(to: code[index])
    }
}
