import CanonicalJSON
import Foundation
import TestKit
import Testing

@testable import AdminAPI

/// The Atom feed, read by a parser that nobody here wrote.
@Suite struct `The Atom feed` {
    /// Prints a feed as JSON: its id and its entries, and fails on what RFC 4287 does not allow.
    private static let reader = """
        import json, re, sys
        import xml.etree.ElementTree as ET
        atom = "{http://www.w3.org/2005/Atom}"
        root = ET.parse(sys.argv[1]).getroot()
        assert root.tag == atom + "feed", root.tag
        def one(node, name):
            found = node.findall(atom + name)
            assert len(found) == 1, (name, len(found))
            return found[0]
        time = re.compile(r"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")
        for node in [root] + root.findall(atom + "entry"):
            for name in ("id", "title", "updated"):
                assert one(node, name).text, name
            assert time.fullmatch(one(node, "updated").text), one(node, "updated").text
        assert one(one(root, "author"), "name").text
        links = {link.get("rel"): link.get("href") for link in root.findall(atom + "link")}
        entries = [{
            "id": one(e, "id").text, "title": one(e, "title").text,
            "updated": one(e, "updated").text, "term": one(e, "category").get("term"),
            "summary": one(e, "summary").text, "link": one(e, "link").get("href"),
        } for e in root.findall(atom + "entry")]
        print(json.dumps({"entries": entries, "id": one(root, "id").text, "self": links["self"]}))
        """

    private static func read(_ text: String) async throws -> JSONValue {
        let folder = try TemporaryFolder()
        let file = try folder.write(text, to: "feed.xml")
        let result = try await CommandResult.of("python3", ["-c", reader, file])
        #expect(result.ending == .exited(0), "\(result.errorText)\n\(text)")
        return try JSONValue(parsing: result.output, form: .relaxed)
    }

    private static func feed(_ community: Community) async throws -> JSONValue {
        let reply = try await community.get("/feed.atom")
        #expect(reply.status == 200)
        #expect(reply.header("content-type") == "application/atom+xml; charset=utf-8")
        return try await read(reply.text)
    }

    @Test func `it tells of a vote that opens, closes soon, is decided and enacted`() async throws {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            let before = try await Self.feed(community)
            #expect(before["entries"] == [])
            #expect(before["self"]?.string?.hasSuffix("/api/v1/feed.atom") == true)
            #expect(try await community.propose(token: token).status == 201)
            try await community.pass(milliseconds: 1_500)
            let open = try #require(try await community.get("/proposals/1").json()["open"])
            let leaf = try #require(open["leaf"])
            let opened = try #require(try await Self.feed(community)["entries"]?.array)
            #expect(opened.map { $0["term"] } == ["opened"])
            for member in 1...2 {
                #expect(
                    try await community.vote(open: leaf, by: member, token: token).status == 201)
            }
            let closes = try #require(open["closes"]?.integer)
            community.clock.advance(milliseconds: closes - community.clock.now() - 100)
            let soon = try #require(try await Self.feed(community)["entries"]?.array)
            #expect(soon.map { $0["term"] } == ["closing", "opened"])
            #expect(soon.last == opened.first, "what was told stays as it was")
            for step in [200, 1_100, 1_100] { try await community.pass(milliseconds: Int64(step)) }
            let ended = try #require(try await Self.feed(community)["entries"]?.array)
            #expect(ended.map { $0["term"] } == ["enacted", "decided", "opened"])
            #expect(Set(ended.map { $0["id"] }).count == 3)
            #expect(ended.last?["id"] == opened.first?["id"])
            #expect(ended[1]["title"] == "Proposal 1: passed")
            #expect(ended[1]["summary"]?.string?.contains("Yes 2 of 2 needed") == true)
            #expect(ended[0]["link"]?.string?.hasSuffix("/#/proposals/1") == true)
        }
    }

    @Test func `the pages name it in their head`() async throws {
        try await Community.serving { community in
            let page = try await community.send("GET", "/")
            #expect(
                page.text.contains(
                    "<link rel=\"alternate\" href=\"/api/v1/feed.atom\" "
                        + "type=\"application/atom+xml\""))
        }
    }

    @Test func `whatever text is put into XML comes out of it`() async throws {
        let hard = "a<b>&\"c\"'d' ]]> <!-- é 😀 \u{202E} \r\n\t\u{1}\u{FFFF} end"
        var writer = XMLWriter()
        writer.element("feed", [("xmlns", "http://www.w3.org/2005/Atom"), ("x", hard)]) { feed in
            for name in ["id", "title"] { feed.element(name, hard) }
            feed.element("updated", "2026-03-01T12:00:05Z")
            feed.element("author") { $0.element("name", hard) }
            feed.element("link", nil, [("rel", "self"), ("href", hard)])
        }
        let value = try await Self.read(writer.text)
        let read = hard.replacing("\u{1}", with: "\u{FFFD}").replacing(
            "\u{FFFF}", with: "\u{FFFD}")
        #expect(value["id"]?.string == read)
        #expect(value["self"]?.string == read)
    }
}
