import Testing

@Suite struct CommentRuleTests {
    @Test(arguments: [
        "// TODO: later", "/// FIXME", "/* a\n XXX b */", "let a = b // HACK",
        "// ====", "// -----------", "//===----===//", "/* **** */", "//////",
        "/// ~~~~~~ Part two",
        "//\n//  Created by somebody", "// Copyright 2026",
    ])
    func `wishes and banners are found`(source: String) {
        #expect(CommentRule().violations(in: SourceFile(source, in: "Routing")).count == 1)
    }

    @Test(arguments: [
        "// A todo list is a list.", "/// - Parameter a: b", "/// ```swift", "/// --- a",
        "let todo = 1", "// a ---- b", "// 1...8192 octets", "///", "//", "// | a | b |",
    ])
    func `ordinary comments pass`(source: String) {
        #expect(CommentRule().violations(in: SourceFile(source, in: "Routing")).isEmpty)
    }

    @Test func `in the product a message must not put something off either`() {
        let source = "throw Fault(\"TODO\")"
        #expect(CommentRule().violations(in: SourceFile(source, in: "Routing")).count == 1)
        #expect(CommentRule().violations(in: SourceFile(source, in: "RoutingTests")).isEmpty)
    }
}
