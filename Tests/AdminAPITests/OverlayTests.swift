import CanonicalJSON
import Council
import Forge
import Governance
import Routing
import TestKit
import Testing

@testable import AdminAPI

@Suite struct `Overlays` {
    /// A community with a kept backend and a route to it; a session of the first member.
    private static func serving(_ community: Community) async throws -> String {
        let token = try await community.account(of: 1)
        try await community.joinAll(token: token)
        try await community.enact(
            [Community.keptCatalogue, Community.route("library", host: "a.org")], token: token)
        return token
    }

    @Test func `what stewards and keepers did is told, and who may do more`() async throws {
        try await Community.serving { community in
            let token = try await Self.serving(community)
            let before = try await community.get("/overlays").json()
            #expect(before["up"] == [])
            #expect(
                before["stewards"]?["members"]
                    == [
                        ["left": 2, "member": 1], ["left": 2, "member": 2],
                        ["left": 2, "member": 3],
                    ])
            #expect(before["stewards"]?["together"] == 2)
            try await community.hand(
                by: 3, "emergency", ["disable": "library"], token: token)
            let document = try #require(Self.operation(Community.keptCatalogue))
            let endpoints: JSONValue = [["address": "10.0.0.7", "port": 80, "weight": 2]]
            try await community.hand(
                by: 2, "endpoints",
                [
                    "backend": "catalogue", "endpoints": endpoints,
                    "document": .string(ContentDigest(of: document.canonicalOctets).hex),
                ], token: token)
            try await community.hand(
                by: 1, "undo", ["backend": "catalogue", "keeper": 2], token: token)
            let after = try await community.get("/overlays").json()
            let up = try #require(after["up"]?.array)
            #expect(up.map { $0["kind"] } == ["disable", "endpoints"])
            #expect(up[0]["by"] == [3])
            #expect(up[0]["until"]?.integer == community.clock.now() + 43_200_000)
            #expect(up[1]["endpoints"] == endpoints)
            #expect(
                up[1]["digest"] == .string(ContentDigest(of: endpoints.canonicalOctets).hex))
            #expect(after["stewards"]?["members"]?.array?.last == ["left": 1, "member": 3])
            #expect(
                after["undoing"] == [["backend": "catalogue", "by": [1], "keeper": 2, "needed": 2]])
            try await community.hand(
                by: 3, "undo", ["backend": "catalogue", "keeper": 2], token: token)
            let undone = try await community.get("/overlays").json()
            #expect(undone["up"]?.array?.count == 1)
            #expect(undone["undone"] == [["backend": "catalogue", "keeper": 2]])
        }
    }

    @Test func `documents name what has an effect, so that the table's digest follows`()
        async throws
    {
        try await Community.serving { community in
            let token = try await Self.serving(community)
            try await Self.expectDigestFollows(community)
            try await community.hand(
                by: 3, "emergency", ["disable": "library"], token: token)
            #expect(try await Self.overlay(of: "library", community) == "disabled")
            try await Self.expectDigestFollows(community)
            try await community.enact([Community.route("shelf", host: "s.org")], token: token)
            let old = try #require(Self.operation(Community.route("shelf", host: "s.org")))
            try await community.enact([Community.route("shelf", host: "t.org")], token: token)
            try await community.hand(by: 1, "emergency", ["restore": old], token: token)
            let digest = ContentDigest(of: old.canonicalOctets).hex
            #expect(
                try await Self.overlay(of: "shelf", community) == .string("restored:\(digest)"))
            try await Self.expectDigestFollows(community)
            // It ends by itself.
            try await community.pass(milliseconds: 43_200_000)
            #expect(try await Self.overlay(of: "library", community) == nil)
            try await Self.expectDigestFollows(community)
        }
    }

    @Test func `what may be restored names the proposal that has it, over reverts too`()
        async throws
    {
        try await Community.serving { community in
            let token = try await Self.serving(community)
            let first = try await community.enact(
                [Community.route("library", host: "b.org")], token: token)
            let revert = try await community.enact(
                [["op": "revert", "proposal": .integer(first)]], token: token)
            // What the revert put back had been written in the first proposal of all.
            try await community.enact([Community.route("library", host: "c.org")], token: token)
            let past = try #require(try await community.get("/overlays").json()["past"]?.array)
            let old = try #require(Self.operation(Community.route("library", host: "a.org")))
            #expect(
                past.map { $0["digest"] }
                    == [.string(ContentDigest(of: old.canonicalOctets).hex)])
            #expect(past[0]["proposal"]?.integer == revert)
            #expect(past[0]["writtenIn"] == 1)
            let written = try await community.get("/proposals/1").json()["operations"]?.array
            #expect(written?.compactMap { $0["document"] }.contains(old) == true)
        }
    }

    @Test func `the vote on an emergency is nobody's, is owed like any other, and feeds say so`()
        async throws
    {
        try await Community.serving { community in
            let token = try await Self.serving(community)
            for member in [2, 3] {
                try await community.hand(
                    by: member, "emergency", ["disable": "library"], token: token)
            }
            try await community.pass(milliseconds: 1)
            let proposal = try await community.get("/proposals/2").json()
            #expect(proposal["by"] == 0)
            #expect(proposal["sponsors"] == [2, 3])
            #expect(proposal["status"] == "voting")
            let up = try await community.get("/overlays").json()["up"]?.array?.first
            #expect(up?["proposal"] == 2)
            #expect(up?["until"] == nil)
            let owed = try await community.get("/owed", token: token).json()
            #expect(owed["items"]?.array?.map { $0["proposal"] } == [2])
            let feed = try await community.get("/feed.atom").text
            #expect(feed.contains("By stewards: confirm the emergency of entry"))
            #expect(!feed.contains("member 0"))
            // Nobody votes: it is not carried, and those who signed lose the power.
            try await community.pass(milliseconds: 10_000)
            let after = try await community.get("/overlays").json()
            #expect(after["up"] == [])
            #expect(after["stewards"]?["members"] == [["left": 2, "member": 1]])
            let suspended = after["stewards"]?["suspended"]?.array ?? []
            #expect(suspended.map { $0["member"] } == [2, 3])
        }
    }

    @Test func `what the operator refuses is told with its reason`() throws {
        var forge = try Forge(founders: 3, charter: Charter.demonstration)
        try forge.enact([
            Community.keptCatalogue, Community.route("library", host: "a.org"),
        ])
        let refusal = forge.refusal(of: .route("library"))
        let index = forge.state.entries
        try forge.append(refusal)
        let view = OverlayView(of: forge.state, now: forge.t)
        #expect(view.indices == [index])
        let value = view.json(entries: [index: refusal])
        #expect(value["refusals"]?.array?.map { $0["name"] } == ["HTTPRoute/library"])
        #expect(value["refusals"]?.array?.first?["reason"] == refusal["reason"])
        let key = DocumentKey(kind: .route, name: "library")
        #expect(OverlayView.words(on: key, in: forge.state) == "refused")
        try forge.disable("library", by: 2)
        #expect(OverlayView.words(on: key, in: forge.state) == "refused,disabled")
    }

    /// The document that an operation puts in force.
    private static func operation(_ operation: JSONValue) -> JSONValue? { operation["document"] }

    private static func overlay(
        of route: String, _ community: Community
    ) async throws -> JSONValue? {
        try await community.get("/documents").json()["items"]?.array?.first {
            $0["name"]?.string == route
        }?["overlay"]
    }

    /// Recomputes the table's digest from what the documents say (docs/formats.md §1).
    private static func expectDigestFollows(_ community: Community) async throws {
        let items = try #require(try await community.get("/documents").json()["items"]?.array)
        let rows: [JSONValue] = try items.map { item in
            let name = "\(try #require(item["kind"]?.string))/\(try #require(item["name"]?.string))"
            return [
                .string(name), try #require(item["digest"]), try #require(item["sequence"]),
                item["overlay"] ?? "",
            ]
        }
        let table = try await community.get("/table").json()
        let digest = ContentDigest(of: JSONValue.array(rows).canonicalOctets).hex
        #expect(table["digest"] == .string(digest))
    }
}
