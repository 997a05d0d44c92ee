import Testing

@testable import commonway

@Suite struct WordsTests {
    @Test(arguments: [
        ("plain Grüße 👩‍🚀", "plain Grüße 👩‍🚀"), ("\u{1B}[31mred", "<U+001B>[31mred"),
        ("a\nb", "a<U+000A>b"), ("evil\u{202E}txt", "evil<U+202E>txt"), ("\u{9B}2J", "<U+009B>2J"),
    ])
    func `text of others cannot command the terminal or turn its direction`(
        text: String, shown: String
    ) {
        #expect(Output.plain(text) == shown)
    }

    @Test(arguments: [
        (Int64(-5), "0 s"), (0, "0 s"), (50, "0.1 s"), (950, "0.9 s"), (1000, "1 s"),
        (125_000, "2 min 5 s"), (3_600_000, "1 h"), (97_200_000, "1 d 3 h"),
        (90_061_000, "1 d 1 h"),
    ])
    func `a span is told in its two largest units`(milliseconds: Int64, text: String) {
        #expect(Moment.span(milliseconds) == text)
    }

    @Test func `a time is told in UTC to the second`() {
        #expect(Moment.text(1_700_000_000_999) == "2023-11-14 22:13:20Z")
    }

    @Test(arguments: [
        (400, ProgramStatus.refused), (404, .refused), (409, .refused),
        (422, .refused), (500, .refused), (502, .unreachable), (503, .unreachable),
        (504, .unreachable),
    ])
    func `a council's status decides how the program ends`(status: Int, exit: ProgramStatus) throws
    {
        let address = try CouncilAddress("http://127.0.0.1:1", allowsExposed: false)
        let problem = Problem(
            status: status,
            octets: Array(#"{"code":"x","detail":"what and where","next":"do this"}"#.utf8))
        let complaint = problem.complaint(call: "GET /", council: address)
        #expect(complaint.status == exit)
        #expect(complaint.what == "x: what and where")
        #expect(complaint.next == "do this")
    }

    @Test func `without a session the next step is the command that opens one`() throws {
        let address = try CouncilAddress("http://127.0.0.1:1", allowsExposed: false)
        let complaint = Problem(status: 401, octets: Array(#"{"next":"POST /sessions"}"#.utf8))
            .complaint(call: "GET /", council: address)
        #expect(complaint.status == .notLoggedIn)
        #expect(complaint.next == "commonway login --council http://127.0.0.1:1 --member NAME")
    }

    @Test func `an answer that is no problem document is still told`() throws {
        let address = try CouncilAddress("http://127.0.0.1:1", allowsExposed: false)
        let complaint = Problem(status: 418, octets: Array("<html>".utf8))
            .complaint(call: "GET /", council: address)
        #expect(complaint.what == "HTTP status 418 without a problem document")
    }
}
