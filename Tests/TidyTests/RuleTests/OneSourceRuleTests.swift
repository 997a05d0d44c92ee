import Testing

@Suite struct OneSourceRuleTests {
    @Test(arguments: [
        "let t = RouteTable(compiling: set)", "let t: RouteTable = .init(compiling: set)",
        "let make = RouteTable.init", "let t = RouteTable()",
    ])
    func `a table made outside the reducer's side is found once`(source: String) {
        for target in ["commonway", "Proxy", "Council", "AdminAPI"] {
            #expect(OneSourceRule().violations(in: SourceFile(source, in: target)).count == 1)
        }
        for target in ["Routing", "Governance", "LogReader", "Bench", "ProxyTests"] {
            #expect(OneSourceRule().violations(in: SourceFile(source, in: target)).isEmpty)
        }
    }

    @Test(arguments: ["let t: RouteTable", "func serve(_ table: RouteTable) {}", "// RouteTable()"])
    func `to hand a table on is no making`(source: String) {
        #expect(OneSourceRule().violations(in: SourceFile(source, in: "Proxy")).isEmpty)
    }

    @Test func `calls are found by name, first label and target`() {
        let files = [
            SourceFile("gateway.publish(table)", in: "commonway", name: "A.swift"),
            SourceFile("gateway.publish(checkpoint)", in: "commonway", name: "B.swift"),
            SourceFile("func publish(table: RouteTable) {}", in: "commonway", name: "C.swift"),
            SourceFile("gateway.publish(table)", in: "Proxy", name: "D.swift"),
        ]
        let found = Calls.files(calling: "publish", label: "table", in: "commonway", files)
        #expect(found == ["Sources/commonway/A.swift"])
    }
}
