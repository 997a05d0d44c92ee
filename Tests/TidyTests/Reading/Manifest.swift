/// What Package.swift says of targets and their edges, read from its text.
///
/// It understands the three ways in which the manifest declares a target, `room(…)`, `tests(…)`
/// and `.target(…)` with its relatives, and constants that stand for a product.
struct Manifest {
    struct Target: Equatable {
        let name: String
        /// The modules of its dependencies, products by their names.
        let dependencies: [String]
        let line: Int
    }

    /// In the order of the file.
    let targets: [Target]

    private static let declarations: Set<String> = [
        "room", "tests", "target", "executableTarget", "testTarget", "systemLibrary",
    ]

    init(_ file: SourceFile) {
        let products = Self.products(in: file.code)
        targets = file.code.indices.compactMap { index in
            guard Self.declarations.contains(file.code[index].text) else { return nil }
            let arguments = Self.arguments(from: index + 1, in: file.code)
            guard let name = Self.name(in: arguments) else { return nil }
            return Target(
                name: name, dependencies: Self.dependencies(in: arguments, products: products),
                line: file.code[index].line)
        }
    }

    /// The first argument, with or without the label `name:`, when it is a literal.
    private static func name(in arguments: [Lexeme]) -> String? {
        let first = arguments.dropFirst().drop { $0.isCode("name") || $0.isCode(":") }.first
        return first?.kind == .string ? first?.text : nil
    }

    /// The list after `dependencies:`, or the first one where there are no labels: names of
    /// targets in quotes, and constants or calls that name a product.
    private static func dependencies(
        in arguments: [Lexeme], products: [String: String]
    ) -> [String] {
        let isLabelled = arguments.contains { $0.isCode("name") }
        let label = arguments.firstIndex { $0.isCode("dependencies") }
        if isLabelled, label == nil { return [] }
        var names: [String] = []
        var depth = 0
        for index in arguments.indices.dropFirst(label ?? 0) {
            let lexeme = arguments[index]
            if lexeme.isCode("[") { depth += 1 }
            if lexeme.isCode("]") {
                depth -= 1
                if depth == 0 { break }
            }
            guard depth == 1 else { continue }
            let isPackageName = index > 1 && arguments[index - 2].isCode("package")
            if lexeme.kind == .string, !isPackageName { names.append(lexeme.text) }
            if lexeme.kind == .word, let product = products[lexeme.text] { names.append(product) }
        }
        return names
    }

    /// `let crypto: Target.Dependency = .product(name: "Crypto", …)` gives `crypto` and `Crypto`.
    private static func products(in code: [Lexeme]) -> [String: String] {
        var products: [String: String] = [:]
        for index in code.indices where code[index].isCode("product") {
            let arguments = arguments(from: index + 1, in: code)
            // Only `let name: Target.Dependency = .product(` makes a constant.
            guard let name = arguments.first(where: { $0.kind == .string }), index > 7,
                code[index - 2].isCode("="), code[index - 8].isCode("let")
            else { continue }
            products[code[index - 7].text] = name.text
        }
        return products
    }

    /// What stands between a parenthesis and its partner.
    private static func arguments(from opening: Int, in code: [Lexeme]) -> [Lexeme] {
        guard opening < code.count, code[opening].isCode("(") else { return [] }
        var depth = 0
        var arguments: [Lexeme] = []
        for lexeme in code[opening...] {
            if lexeme.isCode("(") { depth += 1 }
            if lexeme.isCode(")") { depth -= 1 }
            if depth == 0 { break }
            arguments.append(lexeme)
        }
        return arguments
    }
}
