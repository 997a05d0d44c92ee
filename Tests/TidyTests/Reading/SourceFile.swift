/// A source file with what the rules look at.
struct SourceFile {
    enum Place: Equatable {
        /// Below Sources, of this target.
        case source(target: String)
        /// Below Tests, of this target.
        case test(target: String)
        case manifest
    }

    /// Relative to the repository's root.
    let path: String
    let place: Place
    /// The text line by line, without line feeds.
    let lines: [String]
    /// All lexemes, comments included. Empty for a file in another language.
    let lexemes: [Lexeme]
    /// The lexemes without comments.
    let code: [Lexeme]
    /// The comments alone.
    let comments: [Lexeme]
    /// The functions, in the order in which they begin.
    let functions: [FunctionExtent]

    var isSwift: Bool { path.hasSuffix(".swift") }

    /// The target's name; `nil` for the manifest.
    var target: String? {
        switch place {
        case .source(let target), .test(let target): target
        case .manifest: nil
        }
    }

    /// Whether it is part of the product: below Sources.
    var isSource: Bool {
        if case .source = place { true } else { false }
    }

    /// - Parameter path: `Package.swift`, or below `Sources/TARGET/` or `Tests/TARGET/`.
    init(path: String, octets: [UInt8]) {
        self.path = path
        let steps = path.split(separator: "/").map(String.init)
        switch (steps.first, steps.dropFirst().first) {
        case ("Sources", let target?): place = .source(target: target)
        case ("Tests", let target?): place = .test(target: target)
        default: place = .manifest
        }
        let text = String(decoding: octets, as: UTF8.self)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        self.lines = lines
        lexemes = path.hasSuffix(".swift") ? SwiftLexer.lexemes(of: octets) : []
        code = lexemes.filter { $0.kind != .comment }
        comments = lexemes.filter { $0.kind == .comment }
        functions = FunctionExtent.all(in: code)
    }

    /// For the tests of the rules: a file of a target, from a snippet.
    init(_ text: String, in target: String, name: String = "Snippet.swift") {
        let folder = target.hasSuffix("Tests") ? "Tests" : "Sources"
        self.init(path: "\(folder)/\(target)/\(name)", octets: Array(text.utf8))
    }
}
