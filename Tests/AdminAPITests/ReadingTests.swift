import CanonicalJSON
import Council
import Governance
import Testing

@testable import AdminAPI

@Suite struct `Reading the community` {
    @Test func `a proposal goes its way before everybody's eyes`() async throws {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            #expect(try await community.propose(token: token).status == 201)
            let discussed = try await community.get("/proposals/1").json()
            #expect(discussed["status"] == "discussion")
            #expect(discussed["sponsors"] == [1])
            #expect(discussed["open"] == nil)

            try await community.pass(milliseconds: 1_500)
            let voting = try await community.get("/proposals/1").json()
            #expect(voting["status"] == "voting")
            #expect(voting["open"]?["electors"] == 3)
            #expect(voting["open"]?["quorum"] == 2)
            let owed = try await community.get("/owed", token: token).json()
            #expect(owed["items"]?.array?.count == 1)
            #expect(owed["items"]?.array?.first?["kind"] == "vote")

            let open = try #require(voting["open"]?["leaf"])
            #expect(try await community.vote(open: open, token: token).status == 201)
            let voted = try await community.get("/proposals/1").json()
            #expect(voted["tally"] == ["yes": 1, "no": 0, "abstain": 0])
            #expect(try await community.get("/owed", token: token).json() == ["items": []])

            try await community.pass(milliseconds: 20_000)
            let closed = try await community.get("/proposals/1").json()
            #expect(closed["status"] == "no-quorum")
            #expect(closed["closed"]?["outcome"] == "no-quorum")
            let ballots = try await community.get("/proposals/1/ballots").json()
            #expect(ballots["items"]?.array?.count == 1)
            #expect(ballots["items"]?.array?.first?["inForce"] == true)
        }
    }

    @Test func `a list is paged without gaps or repeats, the newest proposal first`() async throws {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            for name in ["a", "b", "c", "d", "e"] {
                #expect(try await community.propose(token: token, name: name).status == 201)
            }
            var numbers: [Int64] = []
            var cursor: String? = ""
            while let place = cursor {
                let page = try await community.get(
                    "/proposals?limit=2\(place.isEmpty ? "" : "&cursor=\(place)")"
                ).json()
                numbers += page["items"]?.array?.compactMap { $0["number"]?.integer } ?? []
                cursor = page["next"]?.string
            }
            #expect(numbers == [5, 4, 3, 2, 1])
            let none = try await community.get("/proposals?status=enacted").json()
            #expect(none == ["items": []])
        }
    }

    @Test func `entries can be read from any index, and end where the checkpoint ends`()
        async throws
    {
        try await Community.serving { community in
            let first = try await community.get("/entries?limit=2").json()
            #expect(first["items"]?.array?.compactMap { $0["index"]?.integer } == [0, 1])
            #expect(first["next"] == "2")
            let rest = try await community.get("/entries?cursor=2").json()
            #expect(rest["items"]?.array?.first?["entry"]?["kind"] == "constituted")
            #expect(rest["next"] == nil)
            let beyond = try await community.get("/entries?cursor=9007199254740991").json()
            #expect(beyond == ["items": []])
        }
    }

    @Test func `members show handles, keys and whether they may vote`() async throws {
        try await Community.serving { community in
            let before = try await community.get("/members/2").json()
            #expect(before["handle"] == "ben")
            #expect(before["elector"] == false)
            #expect(before["joined"] == nil)
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            try await community.records.eraseHandle(member: 2)
            let after = try await community.get("/members/2").json()
            #expect(after["handle"] == nil)
            #expect(after["elector"] == true)
            #expect(after["keys"]?.array?.count == 1)
        }
    }

    @Test func `other sites' pages may read what is public, and only that`() async throws {
        try await Community.serving { community in
            let open = try await community.get("/community")
            #expect(open.header("access-control-allow-origin") == "*")
            #expect(open.header("access-control-allow-credentials") == nil)
            let token = try await community.account(of: 1)
            let own = try await community.get("/owed", token: token)
            #expect(own.header("access-control-allow-origin") == nil)
        }
    }
}
