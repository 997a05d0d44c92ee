import Testing

@Suite struct SwiftLexerTests {
    @Test(arguments: [
        ("a // b { \" ", ["a"]),
        ("a /* b /* c */ d \n \" */ e", ["a", "e"]),
        ("a \"b // { \\\" c\" d", ["a", "b // { \\\" c", "d"]),
        ("#\"a \" \\( b\"# c", ["a \" \\( b", "c"]),
        ("##\"a \"# b\"## c", ["a \"# b", "c"]),
        ("\"\"\"\n a \" \"\" { \n\"\"\" b", ["\n a \" \"\" { \n", "b"]),
        ("\"a \\(b + f(\"c\") ) d\" e", ["a ", "b", "+", "f", "(", "c", ")", " d", "e"]),
        ("#\"a \\#(b) c\"# d", ["a ", "b", " c", "d"]),
        ("func `a \" sentence { //`() x", ["func", "`a \" sentence { //`", "(", ")", "x"]),
        ("#/a \" b/# c", ["#/a \" b/#", "c"]),
        ("a! 12.x", ["a", "!", "12", ".", "x"]),
        ("\"never closed\n a", ["never closed", "a"]),
        ("/* never closed", []),
        ("é = \"ü\"", ["é", "=", "ü"]),
    ])
    func `comments vanish and strings are one lexeme`(source: String, expected: [String]) {
        let code = SwiftLexer.lexemes(of: Array(source.utf8)).filter { $0.kind != .comment }
        #expect(code.map(\.text) == expected)
    }

    @Test func `every lexeme knows its line and its octets`() {
        let source = "a\n/* b\n */ c \"\"\"\n x\n \"\"\" d"
        let lexemes = SwiftLexer.lexemes(of: Array(source.utf8))
        #expect(lexemes.map(\.line) == [1, 2, 3, 3, 5])
        #expect(lexemes.map(\.octets) == [0..<1, 2..<10, 11..<12, 13..<24, 25..<26])
    }

    @Test func `words in strings and comments are no code`() {
        let lexemes = SwiftLexer.lexemes(of: Array("unsafe \"unsafe\" // unsafe".utf8))
        #expect(lexemes.map { $0.isCode("unsafe") } == [true, false, false])
    }

    @Test func `an interpolated expression is code again`() {
        let lexemes = SwiftLexer.lexemes(of: Array("\"a \\(value!) b\"".utf8))
        #expect(lexemes.map { $0.isCode("!") } == [false, false, true, false])
    }
}
