import Testing

@Suite struct OneSourceRuleTests {
    @Test(arguments: [
        "let t = RouteTable(compiling: set)", "let t: RouteTable = .init(compiling: set)",
        "let make = RouteTable.init", "let t = RouteTable()",
    ])
    func `a table made outside the reducer's side is found once`(source: String) {
        for target in ["commonway", "Proxy", "Store", "AdminAPI"] {
            #expect(OneSourceRule().violations(in: SourceFile(source, in: target)).count == 1)
        }
        for target in ["Routing", "Governance", "LogReader", "Council", "Bench", "ProxyTests"] {
            #expect(OneSourceRule().violations(in: SourceFile(source, in: target)).isEmpty)
        }
    }

    @Test(arguments: ["let t: RouteTable", "func serve(_ table: RouteTable) {}", "// RouteTable()"])
    func `to hand a table on is no making`(source: String) {
        #expect(OneSourceRule().violations(in: SourceFile(source, in: "Proxy")).isEmpty)
    }
}
