import CanonicalJSON
import Testing

@testable import Routing

/// Hostnames that browsers show in other letters than documents hold.
@Suite struct HostnameLettersTests {
    /// Written by another implementation of RFC 3492, Python's.
    @Test(arguments: [
        ("pple-43d", "[U+0430]pple"), ("bcher-kva", "b[U+00FC]cher"),
        ("r8jz45g", "[U+4F8B][U+3048]"), ("ab-no82a", "a[U+1F600]b"),
        ("e1afmkfd", "[U+043F][U+0440][U+0438][U+043C][U+0435][U+0440]"),
        ("nave-t-fvab2c", "na[U+00EF]ve-[U+00E9]t[U+00E9]"),
    ])
    func `the letters shown are told in ASCII`(encoded: String, letters: String) throws {
        let hostname = try #require(Hostname(text: "*.xn--\(encoded).example"))
        let notice = try #require(hostname.notice)
        #expect(notice.hasSuffix("xn--\(encoded) is shown as \(letters)"))
        #expect(notice.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test(arguments: ["xn--9", "xn--99999999", "xn--zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "xn--a-b0"])
    func `what encodes nothing is said to, and nothing crashes`(label: String) throws {
        let notice = try #require(Hostname(text: "\(label).example")?.notice)
        #expect(notice.hasSuffix("\(label), which is no name in letters"), "\(notice)")
    }

    @Test(arguments: ["library.example", "axn--b.example", "xn.example"])
    func `a name in its own letters is not pointed out`(name: String) throws {
        #expect(try #require(Hostname(text: name)).notice == nil)
    }

    @Test func `the notice stands at its hostname`() throws {
        let document: JSONValue = [
            "kind": "HTTPRoute", "name": "apple",
            "hostnames": ["apple.example", "xn--pple-43d.example"],
            "rules": [["backendRefs": [["name": "b"]]]],
        ]
        #expect(
            try ProposedDocument(validating: document).notices.map(\.pointer) == ["/hostnames/1"])
    }
}
