import CanonicalJSON
import Council
import Governance
import Routing
import SSHSignature
import Testing

@testable import AdminAPI

@Suite(.enabled(if: Browser.isInstalled, "chromium and chromium-driver are not installed"))
struct `The pages in a real browser` {
    @Test func `a member redeems, enrols the browser's key, and takes part with it`() async throws {
        try await Community.serving { community in
            let base = "http://localhost:\(community.port)/"
            let invitation = try await community.credentials.createInvitation(
                member: 1, expires: community.clock.now() + 86_400_000)
            try await Browser.opened { browser in
                try await browser.open("\(base)#/invitation/\(invitation.revealText())")
                try await browser.wait(until: "!!document.querySelector('#again')")
                for field in ["new-password", "again"] {
                    try await browser.run(
                        "document.querySelector('#\(field)').value = '\(Community.password)'")
                }
                try await browser.click("form button")
                try await browser.wait(forWords: "Welcome, ana")
                let token = try await community.logIn()
                try await community.joinAll(token: token)
                try await browser.wait(until: "document.querySelector('#not-serving').hidden")

                try await browser.run("location.hash = '#/key'")
                try await browser.click("button[data-action=make]")
                try await browser.wait(until: "!!document.querySelector('#enrolment')")
                let enrolment = try await browser.text("document.querySelector('#enrolment').value")
                let enrolled = try await community.enrol(enrolment, token: token)
                #expect(enrolled.status == 201)
                try await browser.wait(forWords: "This browser signs for you")

                #expect(try await community.propose(token: token).status == 201)
                try await community.pass(milliseconds: 1_500)
                try await browser.run("location.hash = '#/proposals/1'")
                try await browser.click("#choice-yes")
                try await browser.click("form[data-action=vote] button")
                try await browser.wait(until: "document.querySelector('#dialog').open")
                try await browser.click("#dialog button[value=sign]")
                try await browser.wait(forWords: "acknowledgement was checked")
                try await browser.wait(forWords: "Your ballot in force: yes")

                let key = try await community.get("/members/1").json()["keys"]?.array?.last
                let line = try #require(key?["key"]?.string)
                #expect(community.keys[0].publicKey.openSSHText != line)
                let proposal = try await community.get("/proposals/1").json()
                #expect(proposal["tally"]?["yes"] == 1)

                try await browser.run("document.querySelector('#remark').value = 'Who pays?'")
                try await browser.click("form[data-action=remark] button")
                try await browser.wait(until: "document.querySelector('#dialog').open")
                try await browser.click("#dialog button[value=sign]")
                try await browser.wait(forWords: "security: Who pays?")
                try await browser.click("button[data-action=withdraw]")
                try await browser.wait(until: "document.querySelector('#dialog').open")
                try await browser.click("#dialog button[value=sign]")
                try await browser.wait(forWords: "withdrawn")
                let ended = try await community.get("/proposals/1").json()
                #expect(ended["status"] == "withdrawn")
                #expect(try await browser.complaints().filter { !$0.contains("401") } == [])
            }
        }
    }

    @Test func `a proposal shows which requests change hands, and one of each kind`() async throws {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            let route: JSONValue = [
                "kind": "HTTPRoute", "name": "library", "hostnames": ["*.a.org"],
                "rules": [
                    ["matches": [[:]]],
                    ["matches": [["path": ["value": "/any"], "method": "PUT"]]],
                ],
            ]
            let statement = try community.statement(
                by: 1, act: "propose", ["operations": [["op": "apply", "document": route]]])
            #expect(try await community.post("/statements", statement, token: token).status == 201)
            try await Browser.opened { browser in
                try await browser.narrow(to: 320)
                try await browser.open("http://localhost:\(community.port)/#/proposals/1")
                try await browser.wait(forWords: "GET http://any.a.org/any")
                try await browser.wait(forWords: "PUT *.a.org/any and below")
                try await browser.click("td details summary, th details summary")
                try await browser.wait(forWords: "PUT *.a.org/any and below: library/#2")
                #expect(try await browser.text("document.documentElement.scrollWidth") == "320")
                #expect(try await browser.complaints().filter { !$0.contains("401") } == [])
            }
        }
    }

    @Test func `a proposal shows how many recorded requests it moves, as bounds`() async throws {
        let traffic = RecordedTraffic(gateways: 1)
        try await Community.serving(traffic: traffic) { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            let table = await community.council.read { $0.state.documents.tableDigest.hex }
            var counted = TrafficSummary()
            for (host, method, count) in [("x.a.org", "GET", 1_234), ("x.a.org", "PUT", 56)] {
                let kind = TrafficKind(
                    table: String(table.prefix(16)), rule: "", host: host, method: method,
                    status: .clientError)
                counted.add(Int64(count), of: kind, in: 1)
            }
            traffic.set(counted, of: 0, at: 1)
            let route: JSONValue = [
                "kind": "HTTPRoute", "name": "library", "hostnames": ["*.a.org"],
                "rules": [
                    ["matches": [[:]]],
                    ["matches": [["path": ["value": "/any"], "method": "PUT"]]],
                ],
            ]
            let statement = try community.statement(
                by: 1, act: "propose", ["operations": [["op": "apply", "document": route]]])
            #expect(try await community.post("/statements", statement, token: token).status == 201)
            try await Browser.opened { browser in
                try await browser.narrow(to: 320)
                try await browser.open("http://localhost:\(community.port)/#/proposals/1")
                try await browser.wait(
                    forWords: "Of last week's 1,290 requests at least 1,234, at most 1,290 change")
                let rows = try await browser.text(
                    """
                    [...document.querySelectorAll('table')]
                        .find((one) => one.caption.innerText.startsWith('Recorded requests'))
                        .tBodies[0].innerText.replaceAll(/\\s+/g, ' ')
                    """)
                #expect(
                    rows.contains("no rule (404) library/#1 1,234 1,290")
                        && rows.contains("no rule (404) library/#2 0 56"), "\(rows)")
                #expect(try await browser.text("document.documentElement.scrollWidth") == "320")
                #expect(try await browser.complaints().filter { !$0.contains("401") } == [])
            }
        }
    }

    @Test(arguments: ["/", "/proposals", "/proposals/1", "/routes", "/members", "/log", "/log/0"])
    func `a page fits 320 pixels and breaks no policy`(page: String) async throws {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            #expect(try await community.propose(token: token).status == 201)
            try await community.pass(milliseconds: 1_500)
            try await Browser.opened { browser in
                try await browser.narrow(to: 320)
                try await browser.open("http://localhost:\(community.port)/#\(page)")
                try await browser.wait(until: "document.title.endsWith('· Commonway')")
                #expect(try await browser.text("document.documentElement.scrollWidth") == "320")
                #expect(try await browser.text("document.querySelectorAll('h1').length") == "1")
                #expect(
                    try await browser.text(
                        """
                        [...document.querySelectorAll('input, select, textarea, meter')]
                            .filter((one) => one.labels.length === 0).length
                        """) == "0")
                #expect(try await browser.complaints().filter { !$0.contains("401") } == [])
            }
        }
    }
}

extension Community {
    /// A session of the first member, whose password is set.
    fileprivate func logIn() async throws -> String {
        let reply = try await post(
            "/sessions", ["handle": "ana", "password": .string(Self.password)])
        return try #require(try reply.json()["token"]?.string)
    }

    /// Signs a browser's enrolment with the first member's own key, and hands it in.
    fileprivate func enrol(_ text: String, token: String) async throws -> Reply {
        var request = try #require(
            try JSONValue(parsing: Array(text.utf8), form: .canonical).object)
        let stmt = try #require(request["stmt"])
        request["sig"] = .string(
            try keys[0].sign(message: stmt.canonicalOctets, namespace: "key@commonway").base64)
        return try await post("/statements", .object(request), token: token)
    }
}
