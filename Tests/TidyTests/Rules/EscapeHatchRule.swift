/// What switches the compiler's checks off stands in few rooms, each time with its reason.
struct EscapeHatchRule: Rule {
    let name = "escape hatch"

    /// Rooms whose work is memory or C.
    static let rooms: Set<String> = [
        "CLinux", "Ed25519", "Reactor", "SSHSignature", "TransparencyLog",
    ]
    /// Single files elsewhere: the call of libargon2, and the council's executor, which the
    /// compiler counts as unsafe wherever it is named.
    static let files: Set<String> = [
        "Sources/Store/Argon2.swift", "Sources/Council/Council.swift",
        "Sources/Council/Deciding/CouncilExecutor.swift",
    ]

    static let programs: Set<String> = ["commonway", "Bench"]

    /// A `// SAFETY:` sentence stands in the same function and at most so many lines above.
    static let reasonLinesMax = 10

    private static let unchecked: Set<String> = [
        "unsafe", "unchecked", "_silgen_name", "_cdecl", "unsafeBitCast", "assumeIsolated",
        "unsafeDowncast",
    ]
    private static let ending: Set<String> = ["fatalError", "exit", "abort"]

    func violations(in file: SourceFile) -> [Violation] {
        file.code.indices.compactMap { index in
            guard file.code[index].kind == .word else { return nil }
            return trap(at: index, in: file) ?? hatch(at: index, in: file)
        }
    }

    /// `preconditionFailure()` is nowhere.
    private func trap(at index: Int, in file: SourceFile) -> Violation? {
        let (code, lexeme) = (file.code, file.code[index])
        let next = index + 1 < code.count ? code[index + 1] : nil
        guard file.isSource, lexeme.text == "preconditionFailure", next?.isCode("(") == true,
            index + 2 < code.count, code[index + 2].isCode(")")
        else { return nil }
        return violation(
            file, lexeme.line, "`preconditionFailure()` gives no reason",
            "say which invariant of ours does not hold")
    }

    private func hatch(at index: Int, in file: SourceFile) -> Violation? {
        guard case .source(let target) = file.place else { return nil }
        let (lexeme, isAllowed) = (
            file.code[index], Self.rooms.contains(target) || Self.files.contains(file.path)
        )
        if Self.ending.contains(lexeme.text), isFreeCall(index, in: file.code) {
            // A program ends its own process with a status; nobody else may.
            if isAllowed || (Self.programs.contains(target) && lexeme.text == "exit") { return nil }
            return violation(
                file, lexeme.line, "`\(lexeme.text)` ends the whole process",
                "throw an error that says what, where, limit and actual")
        }
        guard Self.unchecked.contains(lexeme.text), !isOrdinaryName(index, in: file.code)
        else { return nil }
        guard isAllowed else {
            return violation(
                file, lexeme.line, "`\(lexeme.text)` has no place in this file",
                "use a safe form, or move it to one of the rooms in EscapeHatchRule.swift")
        }
        guard !hasReason(line: lexeme.line, in: file) else { return nil }
        return violation(
            file, lexeme.line, "`\(lexeme.text)` has no reason",
            "write `// SAFETY: why it is sound` in the same function, at most "
                + "\(Self.reasonLinesMax) lines above")
    }

    private func isFreeCall(_ index: Int, in code: [Lexeme]) -> Bool {
        let isMember = index > 0 && (code[index - 1].isCode(".") || code[index - 1].isCode("func"))
        return !isMember && index + 1 < code.count && code[index + 1].isCode("(")
    }

    /// `unchecked` is a hatch only as `@unchecked`; labels and members are words like others.
    private func isOrdinaryName(_ index: Int, in code: [Lexeme]) -> Bool {
        let before = index > 0 ? code[index - 1] : nil
        if before?.isCode(".") == true { return true }
        return code[index].text == "unchecked" && before?.isCode("@") != true
    }

    private func hasReason(line: Int, in file: SourceFile) -> Bool {
        let enclosing = file.functions.last { $0.firstLine <= line && line <= $0.lastLine }
        let first = enclosing.map { firstLine(above: $0.firstLine, in: file) } ?? 1
        let lines = max(first, line - Self.reasonLinesMax)...line
        return file.comments.contains {
            lines.contains($0.line) && $0.text.hasPrefix("// SAFETY:")
                && $0.text.split(separator: " ").count > 3
        }
    }

    /// Where the comments and attributes directly above a function's head begin.
    private func firstLine(above head: Int, in file: SourceFile) -> Int {
        var line = head
        while line > 1 {
            let text = file.lines[line - 2].drop { $0 == " " }
            guard text.hasPrefix("//") || text.hasPrefix("@") else { break }
            line -= 1
        }
        return line
    }
}
