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

    @Test func `routes, emergencies and the vote on one show what stands without a vote`()
        async throws
    {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            try await community.enact(
                [Community.keptCatalogue, Community.route("library", host: "a.org")], token: token)
            for member in [2, 3] {
                try await community.hand(
                    by: member, "emergency", ["disable": "library"], token: token)
            }
            try await community.pass(milliseconds: 1)
            try await Browser.opened { browser in
                try await browser.narrow(to: 320)
                let base = "http://localhost:\(community.port)/#"
                try await browser.open("\(base)/routes")
                try await browser.wait(forWords: "Not everything is served as ratified")
                try await browser.wait(forWords: "disabled: every request gets 503")
                try await browser.wait(
                    forWords: "until proposal 2 is decided, by ben (2), cleo (3)")
                #expect(try await browser.text("document.documentElement.scrollWidth") == "320")
                try await browser.run("location.hash = '#/emergencies'")
                try await browser.wait(forWords: "ana (1): can sign 2 more")
                try await browser.wait(forWords: "The founders are: nobody is elected.")
                #expect(try await browser.text("document.documentElement.scrollWidth") == "320")
                try await browser.run("location.hash = '#/proposals/2'")
                try await browser.wait(forWords: "ben (2): HTTPRoute/library is disabled")
                try await browser.wait(forWords: "Stewards who signed")
                #expect(
                    try await browser.text("document.body.innerText.includes('member 0')")
                        == "false")
                try await browser.run("location.hash = '#/log'")
                try await browser.wait(
                    forWords: "emergency by member 3: HTTPRoute/library is disabled")
                #expect(try await browser.complaints().filter { !$0.contains("401") } == [])
            }
        }
    }

    @Test func `a steward disables and restores, and an elector undoes, by the browser's key`()
        async throws
    {
        try await Community.serving { community in
            let token = try await community.account(of: 1)
            try await community.joinAll(token: token)
            try await community.enact(
                [Community.keptCatalogue, Community.route("library", host: "a.org")], token: token)
            try await community.enact([Community.route("library", host: "b.org")], token: token)
            try await community.enact([Community.route("shelf", host: "s.org")], token: token)
            let document = try #require(Community.keptCatalogue["document"])
            try await community.hand(
                by: 2, "endpoints",
                [
                    "backend": "catalogue", "endpoints": [["address": "10.0.0.7", "port": 80]],
                    "document": .string(ContentDigest(of: document.canonicalOctets).hex),
                ], token: token)
            try await Browser.opened { browser in
                try await community.enrol(browser, token: token)
                try await browser.run("location.hash = '#/emergencies'")
                try await browser.wait(until: "!!document.querySelector('#route')")
                try await browser.run("document.querySelector('#route').value = 'shelf'")
                for control in [
                    "form[data-action=disable] button", "button[data-action=restore]",
                    "button[data-action=undo]",
                ] {
                    try await browser.click(control)
                    try await browser.wait(until: "document.querySelector('#dialog').open")
                    try await browser.click("#dialog button[value=sign]")
                    try await browser.wait(forWords: "acknowledgement was checked")
                    try await browser.run("document.querySelector('#status').replaceChildren()")
                }
                try await browser.wait(forWords: "ana (1), you: can sign 0 more")
                let overlays = try await community.get("/overlays").json()
                #expect(
                    overlays["up"]?.array?.map { $0["kind"] } == [
                        "endpoints", "disable", "restore",
                    ])
                #expect(overlays["undoing"]?.array?.first?["by"] == [1])
                #expect(try await browser.complaints().filter { !$0.contains("401") } == [])
            }
        }
    }

    @Test(arguments: [
        "/", "/proposals", "/proposals/1", "/routes", "/emergencies", "/members", "/log", "/log/0",
    ])
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

    /// Logs the first member in with a browser, and enrols its key.
    fileprivate func enrol(_ browser: Browser, token: String) async throws {
        try await browser.open("http://localhost:\(port)/#/login")
        try await browser.wait(until: "!!document.querySelector('form input[type=password]')")
        for (field, value) in [("handle", "ana"), ("password", Self.password)] {
            try await browser.run(
                "document.querySelector('form [name=\(field)]').value = '\(value)'")
        }
        try await browser.click("form button")
        try await browser.wait(forWords: "Log out")
        try await browser.run("location.hash = '#/key'")
        try await browser.click("button[data-action=make]")
        try await browser.wait(until: "!!document.querySelector('#enrolment')")
        let text = try await browser.text("document.querySelector('#enrolment').value")
        #expect(try await enrol(text, token: token).status == 201)
        try await browser.wait(forWords: "This browser signs for you")
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
