import Testing

@Suite struct DeclarationHeadTests {
    @Test(arguments: [
        ("package func a() {}", "func", "a", 1),
        ("@inlinable\npackage static func a() {}", "func", "a", 1),
        (
            "@inlinable\n@_lifetime(borrow self)\nstatic package mutating func a() {}", "func", "a",
            1
        ),
        ("package nonisolated(unsafe) var a = 1", "var", "a", 1),
        ("package private(set) var a = 1", "var", "a", 1),
        ("package final class A {}", "class", "A", 1),
        ("package class func a() {}", "func", "a", 1),
        ("package init(a: Int) {}", "init", "", 1),
        ("let b = c(d)\n\npackage let a = 1", "let", "a", 3),
        ("package import Foundation", "import", "Foundation", 1),
        ("package indirect enum A {}", "enum", "A", 1),
        ("package static func == (a: A) {}", "func", "", 1),
    ])
    func `a declaration is found with its attributes`(
        source: String, keyword: String, name: String, firstLine: Int
    ) {
        let heads = DeclarationHead.all(in: SourceFile(source, in: "Routing").code)
        #expect(heads.map(\.keyword) == [keyword])
        #expect(heads.map(\.name) == [name])
        #expect(heads.map(\.firstLine) == [firstLine])
    }

    @Test(arguments: ["let package = Package(name: \"x\")", "a.package", "f(package: 1)"])
    func `the word alone declares nothing`(source: String) {
        #expect(DeclarationHead.all(in: SourceFile(source, in: "Routing").code) == [])
    }
}
