import Testing

@Suite struct FunctionExtentTests {
    @Test func `each kind of body is measured from its head to its closing brace`() {
        let file = SourceFile(
            """
            struct A {
                var stored: Int = 0
                var computed: Int {
                    0
                }
                init?(a: Int) {
                }
                deinit { }
                subscript(
                    i: Int
                ) -> Int { 0 }
                static func == (a: A, b: A) -> Bool {
                    true
                }
                func generic<
                    T: P
                >(_ a: T)
                    async throws
                    -> [T]
                where
                    T: Q,
                    T == T.X
                {
                    a("}")  // }
                }
            }
            """, in: "Routing")
        #expect(
            file.functions == [
                FunctionExtent(name: "computed", firstLine: 3, lastLine: 5),
                FunctionExtent(name: "init", firstLine: 6, lastLine: 7),
                FunctionExtent(name: "deinit", firstLine: 8, lastLine: 8),
                FunctionExtent(name: "subscript", firstLine: 9, lastLine: 11),
                FunctionExtent(name: "=", firstLine: 12, lastLine: 14),
                FunctionExtent(name: "generic", firstLine: 15, lastLine: 25),
            ])
    }

    @Test func `a function in a function counts for itself and for the outer`() {
        let file = SourceFile("func a() {\n  func b() {\n  }\n}", in: "Routing")
        #expect(file.functions.map(\.lineCount) == [4, 2])
    }

    @Test(arguments: [
        "protocol P {\n  func a()\n  init()\n  func b() -> Int\n}\nstruct X {\n}",
        "let a = X.init(b)\nlet f = { 1 }",
        "func a() {}\nvar b: Int\nwhile c {\n}",
        "self.init(a)\nif b {\n}",
        "for var x in y {\n\n}",
        "let a: [Int] = b[{ 1 }]",
    ])
    func `what has no body is not measured`(source: String) {
        let file = SourceFile(source, in: "Routing")
        #expect(file.functions.filter { $0.lineCount > 1 } == [])
    }

    @Test func `a closure among the default arguments is not the body`() {
        let file = SourceFile("func a(b: () -> Int = {\n 1 }) {\n\n}", in: "Routing")
        #expect(file.functions.map(\.lineCount) == [4])
    }
}
