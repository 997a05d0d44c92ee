/// Comments say why; they are neither a list of wishes nor decoration.
struct CommentRule: Rule {
    let name = "comments"

    private static let wishes: Set<String> = ["TODO", "FIXME", "XXX", "HACK"]
    /// So many signs in a row, with nothing else on the line, are a banner.
    private static let bannerSignsMin = 4

    func violations(in file: SourceFile) -> [Violation] {
        let comments = file.comments.flatMap {
            wishes(in: $0, of: file) + banners(in: $0, of: file)
        }
        guard file.isSource else { return comments }
        // In the product a wish must not hide in a message either.
        let strings = file.code.filter { $0.kind == .string }.flatMap { wishes(in: $0, of: file) }
        return (comments + strings).sorted { $0.line < $1.line }
    }

    private func wishes(in lexeme: Lexeme, of file: SourceFile) -> [Violation] {
        lines(of: lexeme).flatMap { line, text in
            text.split { !$0.isLetter }.filter { Self.wishes.contains(String($0)) }.map {
                violation(
                    file, line, "`\($0)` leaves something undone",
                    "do it, refuse the case by name, or file an issue")
            }
        }
    }

    private func banners(in lexeme: Lexeme, of file: SourceFile) -> [Violation] {
        lines(of: lexeme).compactMap { line, text in
            let inside = text.drop { $0 == "/" || $0 == " " || $0 == "*" }
            let signs = inside.prefix { "=-*#~_+/".contains($0) }.count
            let isRule = inside.isEmpty ? text.count >= Self.bannerSignsMin + 2 : false
            let isHead = line < 8 && (text.contains("Created by") || text.contains("Copyright"))
            guard signs >= Self.bannerSignsMin || isRule || isHead else { return nil }
            return violation(
                file, line, "a banner", "remove it; one main type a file needs no headings")
        }
    }

    private func lines(of lexeme: Lexeme) -> [(line: Int, text: Substring)] {
        lexeme.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
            (lexeme.line + $0.offset, $0.element)
        }
    }
}
