/// Law 3: a route table is compiled by the reducer's side alone, and nowhere else.
struct OneSourceRule: Rule {
    let name = "one source"

    /// Who may compile a table: its own room, the reducer, the reader that verifies entries, the
    /// council (law 4: compile before commit; it serves none), and the forge of logs that measures
    /// compiling.
    static let compilers: Set<String> = [
        "Routing", "Governance", "LogReader", "Council", "Bench",
    ]

    func violations(in file: SourceFile) -> [Violation] {
        guard case .source(let target) = file.place, !Self.compilers.contains(target)
        else { return [] }
        return file.code.indices.filter { isCompilation($0, in: file.code) }.map {
            violation(
                file, file.code[$0].line, "\(target) makes a route table",
                "take the one that LogReader gives; there is no other source of routes")
        }
    }

    /// `RouteTable(…)`, `RouteTable.init`, or `.init(compiling: …)` where the type is inferred.
    private func isCompilation(_ index: Int, in code: [Lexeme]) -> Bool {
        let next = index + 1 < code.count ? code[index + 1] : nil
        if code[index].isCode("compiling") { return next?.isCode(":") == true }
        guard code[index].isCode("RouteTable") else { return false }
        if next?.isCode("(") == true {
            // The label of the initialiser is reported by itself.
            return !(index + 2 < code.count && code[index + 2].isCode("compiling"))
        }
        return next?.isCode(".") == true && index + 2 < code.count && code[index + 2].isCode("init")
    }
}
