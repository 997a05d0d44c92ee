import TestKit
import Testing

@Suite struct FilterCaseTests {
    private static let lines = [
        "204", "302 | Location: https://h.org/x?y | A: 1", "r/#1 -> b h.org/x",
        "r/name -> b h.org:81/x | A: 1 | B: a: b << C: 2 | D: 3 -> c c.org/y << E: 4 ++ d 10/100",
    ]

    @Test(arguments: lines)
    func `an expectation is written as it is read`(line: String) throws {
        let example = try #require(
            FilterCase.cases("any", "documents\n-=-\nGET h/ => \(line)").first)
        #expect(example.expected.description == line)
    }

    @Test func `a request has its parts`() throws {
        let request = try #require(
            FilterCase.cases(
                "any", "documents\n-=-\nPUT https://h.org:81/a/b?c | D: e: f << G: h => 404"
            ).first
        ).request
        #expect(
            [request.method, request.scheme, request.host, request.path, request.query]
                == ["PUT", "https", "h.org", "/a/b", "c"])
        #expect(request.port == 81)
        #expect(request.fields == [FilterCase.Line(name: "D", value: "e: f")])
        #expect(request.answer == [FilterCase.Line(name: "G", value: "h")])
    }
}
