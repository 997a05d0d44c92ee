import HTTP1
import TestKit
import Testing

/// The one canonical form of a request path.
@Suite struct CanonicalPathTests {
    @Test(arguments: [
        "/", "/a", "/a/", "/a/b.c", "//", "//a//b", "/...", "/.a", "/a.", "/..a", "/a..", "/%2F",
        "/a%2Fb", "/%25", "/%2525", "/a;b=c,d", "/:@!$&'()*+,;=", "/[a]|b", "/~a-b_c", "/%C3%A9",
        "/%5C", "/a%2F", "/%2Fa", "/%20", "/.../..b",
    ])
    func `a canonical path stays as it is`(_ path: String) throws {
        #expect(try form(path) == nil)
        #expect(isCanonical(path))
    }

    @Test(arguments: [
        ("/%41", "/A"), ("/%7e%7E", "/~~"), ("/%2d%5F", "/-_"), ("/%c3%a9", "/%C3%A9"),
        ("/a%2fb", "/a%2Fb"), ("/%5c", "/%5C"), ("/a%2Eb", "/a.b"), ("/%2Ea", "/.a"),
        ("/%2E%2E%2E", "/..."), ("/%2e..", "/..."), ("/.", "/"), ("/..", "/"),
        ("/./", "/"), ("/../", "/"), ("/a/.", "/a/"), ("/a/./", "/a/"), ("/a/..", "/"),
        ("/a/../", "/"), ("/a/b/..", "/a/"), ("/a/b/../", "/a/"), ("/a/./b", "/a/b"),
        ("/a/../b", "/b"), ("/../../a", "/a"), ("/a/b/c/./../../g", "/a/g"),
        ("/mid/content=5/../6", "/mid/6"), ("/a//../b", "/a/b"), ("/..//a", "//a"),
        ("/a/.../..", "/a/"), ("/%41/../%62", "/b"), ("/a%2Fb/../c", "/c"), ("//..", "/"),
        ("/%252e/..", "/"),
    ])
    func `a path is brought to its one spelling`(_ path: String, _ canonical: String) throws {
        #expect(try form(path) == canonical)
        #expect(try form(canonical) == nil)
        #expect(!isCanonical(path))
    }

    @Test(arguments: [
        ("/public/..%2fadmin", "escaped-dot-segment", 8), ("/%2e", "escaped-dot-segment", 1),
        ("/%2E%2E/a", "escaped-dot-segment", 1), ("/.%2e/a", "escaped-dot-segment", 1),
        ("/a/%2e./", "escaped-dot-segment", 3), ("/a%2F..", "escaped-dot-segment", 5),
        ("/a%2F.%2Fb", "escaped-dot-segment", 5), ("/a%2f../b", "escaped-dot-segment", 5),
        ("/..%5cadmin", "escaped-dot-segment", 1), ("/a%5C..%5Cb", "escaped-dot-segment", 5),
        ("/%2F.", "escaped-dot-segment", 4), ("/.%2F", "escaped-dot-segment", 1),
        ("/%2F%2e%2e%2F", "escaped-dot-segment", 4), ("/%00", "escaped-nul", 1),
        ("/a%00b", "escaped-nul", 2), ("/\0", "nul", 1), ("/%", "bad-escape", 1),
        ("/%4", "bad-escape", 1), ("/%4g", "bad-escape", 1), ("/%g4", "bad-escape", 1),
        ("/a%%41", "bad-escape", 2), ("/\\", "bad-target", 1), ("/a b", "bad-target", 2),
        ("/\u{E9}", "bad-target", 1), ("/?", "bad-target", 1), ("/#", "bad-target", 1),
        ("", "bad-target", 0), ("a", "bad-target", 0), ("*", "bad-target", 0),
        ("%2F", "bad-target", 0),
    ])
    func `a path that could mean another place is refused`(
        _ path: String, _ name: String, _ offset: Int
    ) {
        let refused = #expect(throws: PathFault.self) { try form(path) }
        #expect(refused.map { "\($0.kind.name)" } == name)
        #expect(refused?.offset == offset)
        #expect(!isCanonical(path))
    }

    @Test func `a fault has its place in the head`() throws {
        let (head, octets) = try parsed("GET /a%00 HTTP/1.1\r\nHost: a\r\n\r\n")
        let path = String(octets, head.path)
        let refused = #expect(throws: PathFault.self) { try form(path) }
        #expect(
            refused?.inRequest(head.path) == MessageError(.escapedNUL, side: .request, at: 6))
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `the form is what a naive reading of RFC 3986 gives, and its own form`(
        _ seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        let parts = [
            "/", "/", ".", "..", "a", "%2e", "%2F", "%5c", "%41", "%c3", "b%25", "//", "~",
        ]
        for _ in 0..<1_000 {
            let path = (0..<Int.random(in: 1...9, using: &random)).reduce("/") { text, _ in
                text + (parts.randomElement(using: &random) ?? "")
            }
            let expected = NaivePath.form(of: path)
            #expect(formOrNil(path) == expected, "seed \(seed): \(path)")
            #expect(expected.flatMap(formOrNil) == expected, "seed \(seed): \(path)")
        }
    }

    /// The canonical form, or `nil` when the path is refused.
    private func formOrNil(_ path: String) -> String? {
        do {
            return try form(path) ?? path
        } catch {
            return nil
        }
    }

    private func isCanonical(_ path: String) -> Bool {
        let octets = Array(path.utf8)
        return CanonicalPath.isCanonical(octets.span)
    }

    /// The form that was written, or `nil` when the path stays.
    private func form(_ path: String) throws(PathFault) -> String? {
        var buffer = [UInt8](repeating: 0, count: path.utf8.count)
        let octets = Array(path.utf8)
        var span = buffer.mutableSpan
        guard let count = try CanonicalPath.form(of: octets.span, into: &span) else { return nil }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}
