import Testing

@Suite struct EscapeHatchRuleTests {
    @Test(arguments: [
        "let a = unsafe b", "final class A: @unchecked Sendable {}",
        "nonisolated(unsafe) var a = 1", "@_silgen_name(\"x\") func a()",
        "let a = unsafeBitCast(b, to: C.self)", "unowned(unsafe) let a: B", "fatalError(\"x\")",
        "exit(1)", "preconditionFailure()",
    ])
    func `a hatch has no place outside the rooms for it`(source: String) {
        let file = SourceFile("// SAFETY: a sentence.\n" + source, in: "Routing")
        #expect(EscapeHatchRule().violations(in: file).map(\.line).contains(2))
    }

    @Test(arguments: [
        "preconditionFailure(\"the list is sorted\")", "let a = \"unsafe\"  // unsafe",
        "let a = B.unchecked", "init(unchecked a: B) {}", "B(unchecked: 1)", "state.exit()",
        "func exit() {}",
    ])
    func `what only looks like a hatch passes`(source: String) {
        #expect(EscapeHatchRule().violations(in: SourceFile(source, in: "Routing")).isEmpty)
    }

    @Test(arguments: [
        ("let a = unsafe b", 1),
        ("// SAFETY: b outlives this call.\nlet a = unsafe b", 0),
        ("// SAFETY: yes\nlet a = unsafe b", 1),
        ("let a = unsafe b  // SAFETY: b outlives this call.", 0),
        ("let a = unsafe b\n// SAFETY: b outlives this call.", 1),
        ("// SAFETY: b outlives this call.\(String(repeating: "\n", count: 10))unsafe b", 0),
        ("// SAFETY: b outlives this call.\(String(repeating: "\n", count: 11))unsafe b", 1),
        ("func c() {\n// SAFETY: c is ours alone.\n}\nfunc d() {\n\n\n\n  unsafe b\n}", 1),
        ("// SAFETY: d is called once.\nfunc d() {\n  unsafe b\n}", 0),
    ])
    func `in such a room each use has its reason above, in the same function`(
        source: String, violations: Int
    ) {
        let file = SourceFile(source, in: "Reactor")
        #expect(EscapeHatchRule().violations(in: file).count == violations)
    }

    @Test func `a listed file of another room may, with its reason`() {
        let source = "// SAFETY: both buffers outlive the call.\nunsafe argon2id_hash(a)"
        let listed = SourceFile(source, in: "Store", name: "Argon2.swift")
        let other = SourceFile(source, in: "Store", name: "Database.swift")
        #expect(EscapeHatchRule().violations(in: listed).isEmpty)
        #expect(EscapeHatchRule().violations(in: other).count == 1)
    }

    @Test func `the executable may end its process with a status`() {
        #expect(EscapeHatchRule().violations(in: SourceFile("exit(2)", in: "commonway")).isEmpty)
    }
}
