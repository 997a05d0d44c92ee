import Testing

@Suite struct PurityRuleTests {
    @Test(arguments: [
        "let now = ContinuousClock.now", "let now = Date()", "clock_gettime(CLOCK_REALTIME, &t)",
        "let n = Int.random(in: 0..<3)", "var g = SystemRandomNumberGenerator()",
        "let id = UUID()", "list.shuffled()", "list.randomElement()", "value.hashValue",
        "var h = Hasher()", "let key = Curve25519.Signing.PrivateKey()",
        "func a() async {}", "let b = await c", "Task { }", "print(\"x\")", "debugPrint(a)",
        "readLine()", "let l = Logger(label: \"x\")", "FileManager.default",
        "let s = \"\\(Date())\"",
    ])
    func `what is not computed from arguments is found in a pure room`(source: String) {
        let file = SourceFile("let first = 1\n" + source, in: "Governance")
        let lines = PurityRule().violations(in: file).map(\.line)
        #expect(lines.first == 2)
    }

    @Test(arguments: [
        "// Date() and print()", "let a = \"await Task\"", "case random",
        "enum Kind { case print }",
        "func print() {}", "state.print()", "let key = PrivateKey(rawRepresentation: octets)",
        "func hash(into hasher: inout Hasher) {}", "`async`",
    ])
    func `words that are no calls pass`(source: String) {
        #expect(PurityRule().violations(in: SourceFile(source, in: "Governance")).isEmpty)
    }

    @Test func `other rooms may have a clock`() {
        let file = SourceFile("let now = ContinuousClock.now; print(now)", in: "commonway")
        #expect(PurityRule().violations(in: file).isEmpty)
    }

    @Test(arguments: [
        "CanonicalJSON", "SSHSignature", "TransparencyLog", "Routing", "Governance", "HTTP1",
    ])
    func `the six pure rooms are known`(target: String) {
        #expect(PurityRule().violations(in: SourceFile("Date()", in: target)).count == 1)
    }
}
