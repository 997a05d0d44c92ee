import Testing

@Suite struct ImportRuleTests {
    @Test(arguments: [
        ("Routing", "import Foundation"),
        ("Routing", "package import Governance"),
        ("HTTP1", "internal import CanonicalJSON"),
        ("Proxy", "@testable import Council"),
        ("Proxy", "import struct Foundation.Data"),
        ("Council", "@preconcurrency import Reactor"),
        ("Governance", "import Synchronization"),
        ("CanonicalJSON", "import enum Crypto.Curve25519"),
        ("AdminAPI", "import Proxy"),
        ("Attic", "import Swift"),
    ])
    func `what the table does not allow is found`(target: String, source: String) {
        let file = SourceFile("/// First.\n" + source, in: target)
        #expect(ImportRule().violations(in: file).count == 1)
    }

    @Test(arguments: [
        ("Routing", "package import CanonicalJSON\nimport Crypto"),
        ("Council", "import TransparencyLog\nimport SSHSignature\nimport Routing"),
        ("commonway", "import Council\nimport Proxy\nimport CLinux\nimport Foundation"),
        ("HTTP1", "// import Foundation\nlet a = \"import Foundation\""),
        ("RoutingTests", "import Foundation"),
    ])
    func `what the table allows passes`(target: String, source: String) {
        #expect(ImportRule().violations(in: SourceFile(source, in: target)).isEmpty)
    }

    @Test func `a violation says where, what and what to do`() throws {
        let file = SourceFile("import Swift\nimport Foundation", in: "Routing", name: "A.swift")
        let violation = try #require(ImportRule().violations(in: file).first)
        #expect(
            violation.description == """
                Sources/Routing/A.swift:2: [imports] Routing may not import Foundation; move the \
                code to a room that may, or hand the value in as an argument
                """)
    }
}
