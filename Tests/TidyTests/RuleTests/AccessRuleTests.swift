import Testing

@Suite struct AccessRuleTests {
    @Test(arguments: [
        "public struct A {}", "open class A {}", "public import Foundation",
        "public(set) var a = 1", "@frozen public enum A {}",
    ])
    func `nothing is promised to strangers`(source: String) {
        let file = SourceFile("/// A.\n" + source, in: "Routing")
        #expect(AccessRule().violations(in: file).map(\.line) == [2])
    }

    @Test(arguments: [
        "case open\ncase closed", "open(path)", "let a = Kind.open\nlet b = 1", "f(open: 1)",
        "enum Kind { case `public` }",
    ])
    func `open is also a word of ours`(source: String) {
        #expect(AccessRule().violations(in: SourceFile(source, in: "Routing")).isEmpty)
    }

    @Test(arguments: [
        "package struct A {}", "struct A {\n\n    package init() {}\n}",
        "// Not documentation.\npackage let a = 1", "/// Too far.\n\npackage let a = 1",
        "let b = 1\n@inlinable\npackage func a() {}", "package typealias A = B",
    ])
    func `what other rooms see is documented`(source: String) {
        #expect(AccessRule().violations(in: SourceFile(source, in: "Routing")).count == 1)
    }

    @Test(arguments: [
        "/// A.\npackage struct A {}", "/// A.\n@inlinable\n@inline(always)\npackage func a() {}",
        "/// A.\n// swift-format-ignore\npackage let a = 1", "package import Foundation",
        "package extension A {}", "struct A {}", "/// A.\n/// More.\n    package init() {}",
    ])
    func `documentation stands above, past attributes and remarks`(source: String) {
        #expect(AccessRule().violations(in: SourceFile(source, in: "Routing")).isEmpty)
    }

    @Test func `tests need no documentation`() {
        #expect(AccessRule().violations(in: SourceFile("package let a = 1", in: "XTests")).isEmpty)
    }
}
