import Testing

@Suite struct ForceRuleTests {
    @Test(arguments: [
        "let a = b!", "let a = b()!", "let a = b[0]!", "try! c()", "let a = b as! C", "var a: B!",
        "let a = \"\\(b!)\"", "let a = b?.c!.d", "var a: [B]!", "let a = \"1\"!",
    ])
    func `a mark that traps is found, in sources and tests`(source: String) {
        #expect(ForceRule().violations(in: SourceFile(source, in: "Routing")).count == 1)
        #expect(ForceRule().violations(in: SourceFile(source, in: "RoutingTests")).count == 1)
    }

    @Test(arguments: [
        "if !a { }", "f(!a)", "a != b", "a!=b", "[!a]", "#if !os(Linux)\n#endif", "a && !b",
        "\"Hello!\"", "// b!", "return !a", "{ !$0 }",
    ])
    func `a negation passes`(source: String) {
        #expect(ForceRule().violations(in: SourceFile(source, in: "Routing")).isEmpty)
    }
}
