import CanonicalJSON
import Documents
import Foundation
import Routing
import TestKit
import Testing

/// The samples of governance/proposals, enacted in the order of a community's first weeks.
@Suite struct Samples {
    private static let folder = "governance/proposals"
    private static let order = [
        "catalogue.yaml", "catalogue-canary.yaml", "catalogue-shift.yaml", "events-kubernetes.yaml",
        "events-removal.yaml", "reading-room.yaml",
    ]

    private func bundle(_ file: String) throws -> OperationBundle {
        let octets = try Checkout.contents(of: "\(Self.folder)/\(file)")
        let documents = try Documents.parse(octets, format: .yaml, name: file).map(\.value)
        return try OperationBundle(applying: documents)
    }

    private func set(before file: String) throws -> DocumentSet {
        var set = DocumentSet()
        for (index, earlier) in Self.order.prefix(while: { $0 != file }).enumerated() {
            try set.apply(bundle(earlier), by: Enactment(entry: 10 + index, proposal: 1 + index))
        }
        return set
    }

    @Test func `every sample is enacted by these tests`() throws {
        let folder = Checkout.root.appendingPathComponent(Self.folder)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.sorted() == Self.order.sorted())
    }

    @Test(arguments: [
        ("catalogue.yaml", ChangeClass.sensitive, [["", "library/all"]]),
        ("catalogue-canary.yaml", .sensitive, []),
        ("catalogue-shift.yaml", .routine, []),
        ("events-kubernetes.yaml", .routine, [["", "events/#1"]]),
        ("events-removal.yaml", .sensitive, [["events/#1", ""]]),
        (
            "reading-room.yaml", .sensitive,
            [["", "reading-room/moved"], ["", "reading-room/search"]]
        ),
    ])
    func `a sample plans to its class and moves`(
        file: String, changeClass: ChangeClass, moves: [[String]]
    ) throws {
        let plan = try Plan(bundle(file), on: set(before: file))
        #expect(plan.changeClass == changeClass)
        #expect(plan.moves.map { [$0.before, $0.after] } == moves)
    }

    /// What becomes of a member of the reading room's second rule, and the class of that.
    @Test(arguments: [
        ("3s}", "2s}", ChangeClass.routine), ("attempts: 2", "attempts: 1", .routine),
        ("/recherche", "/suche", .routine), ("percent: 10", "percent: 20", .sensitive),
        ("value: fr}]\n          add", "value: de}]\n          add", .sensitive),
        ("max-age=60", "max-age=6", .sensitive),
        ("https://*.example", "https://*.examples", .sensitive),
        ("statusCode: 301", "statusCode: 308", .sensitive),
        ("catalogue.internal", "catalogue.example", .sensitive),
    ])
    func `a change of filters is sensitive, one of times or matches is routine`(
        text: String, other: String, changeClass: ChangeClass
    ) throws {
        let file = "\(Self.folder)/reading-room.yaml"
        let before = String(decoding: try Checkout.contents(of: file), as: UTF8.self)
        let after = before.replacing(text, with: other)
        #expect(after != before)
        var set = try set(before: "reading-room.yaml")
        try set.apply(
            OperationBundle(applying: values(before)), by: Enactment(entry: 90, proposal: 9))
        let plan = try Plan(OperationBundle(applying: values(after)), on: set)
        #expect(plan.changeClass == changeClass)
    }

    @Test func `after the canary one in ten goes to the next catalogue`() throws {
        let table = RouteTable(compiling: try set(before: "catalogue-shift.yaml"))
        let request = TestRequest("GET library.localhost/catalogue")
        let decision = try #require(table.decide(request))
        let shares = table.rules[decision.rule].backendRefs.map { reference in
            "\(table.backends[reference.backend].name) \(reference.weight)"
        }
        #expect(shares == ["catalogue 90", "catalogue-next 10"])
    }
}
