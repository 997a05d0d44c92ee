import Testing

@Suite struct SizeRuleTests {
    @Test(arguments: [(600, 0), (601, 1)])
    func `a file has at most 600 lines`(lines: Int, violations: Int) {
        let file = SourceFile(String(repeating: "let a = 1\n", count: lines), in: "Routing")
        #expect(SizeRule().violations(in: file).count == violations)
    }

    @Test(arguments: [(70, 0), (71, 1)])
    func `a function has at most 70 lines`(lines: Int, violations: Int) {
        let body = String(repeating: "    // }\n", count: lines - 2)
        let file = SourceFile("\nfunc long() {\n\(body)}\n", in: "Routing")
        #expect(
            SizeRule().violations(in: file).map(\.line) == Array(repeating: 2, count: violations))
    }

    @Test(arguments: [(100, 0), (101, 1)])
    func `a line has at most 100 columns, counted in characters`(columns: Int, violations: Int) {
        let file = SourceFile("\n// " + String(repeating: "é", count: columns - 3), in: "Routing")
        #expect(SizeRule().violations(in: file).count == violations)
    }

    @Test func `C is measured too`() {
        let file = SourceFile(
            String(repeating: "int a;\n", count: 601), in: "CLinux", name: "CLinux.c")
        #expect(SizeRule().violations(in: file).count == 1)
    }
}
