import CanonicalJSON
import Documents
import Routing
import TestKit
import Testing

/// Documents that somebody damaged: each is refused with its place, or means something, and then a
/// table of it decides requests.
@Suite struct `Damaged documents` {
    private static let files = [
        "catalogue.yaml", "catalogue-canary.yaml", "events-kubernetes.yaml", "reading-room.yaml",
    ]

    private func sample(_ random: inout SeededGenerator) throws -> [UInt8] {
        let file = Self.files.randomElement(using: &random) ?? Self.files[0]
        return try Checkout.contents(of: "governance/proposals/\(file)")
    }

    @Test(arguments: 0..<8)
    func `octets changed, left out or written twice never crash or hang`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<100 {
            var octets = try sample(&random)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                Self.damage(&octets, &random)
            }
            do {
                let parsed = try Documents.parse(octets, format: .yaml, name: "damaged.yaml")
                if try Self.follow(parsed.map(\.value)) { accepted += 1 }
            } catch let fault as DocumentsFault {
                #expect("\(fault)".contains("damaged.yaml:"), "\(fault)")
            }
        }
        // Otherwise only the YAML's own grammar would be tried.
        #expect(accepted > 0)
    }

    @Test(arguments: 0..<8)
    func `values changed for others are refused at their place or accepted`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed &+ 100)
        for _ in 0..<300 {
            let octets = try sample(&random)
            var values = try Documents.parse(octets, format: .yaml, name: "x").map(\.value)
            let index = Int.random(in: 0..<values.count, using: &random)
            values[index] = Self.changed(values[index], &random)
            _ = try Self.follow(values)
        }
    }

    /// Reads documents, plans and compiles them, and asks the table what the documents speak of.
    ///
    /// - Returns: whether they were accepted.
    private static func follow(_ values: [JSONValue]) throws -> Bool {
        let backends: [JSONValue] = ["catalogue", "catalogue-next", "events"].map { name in
            [
                "kind": "Backend", "name": .string(name),
                "endpoints": [["address": "127.0.0.1", "port": 9001]],
            ]
        }
        do throws(PlanFault) {
            var set = DocumentSet()
            try set.apply(
                OperationBundle(applying: backends), by: Enactment(entry: 1, proposal: 1))
            let bundle = try OperationBundle(applying: values)
            _ = try Plan(bundle, on: set)
            try set.apply(bundle, by: Enactment(entry: 2, proposal: 2))
            let table = RouteTable(compiling: set)
            for path in ["/", "/old/x", "/search", "/recherche/a"] {
                let sample = RequestSample(
                    method: "GET", scheme: "http", host: "reading.localhost", port: 80,
                    path: path, query: "lang=fr",
                    fields: [RequestSample.Field(name: "Origin", value: "https://a.example.org")])
                _ = Outcome(of: sample, by: table)
            }
            return true
        } catch {
            #expect(!error.reason.isEmpty)
            if case .document(let fault) = error.kind {
                #expect(fault.pointer.isEmpty || fault.pointer.hasPrefix("/"), "\(fault)")
                #expect(!fault.expected.isEmpty, "\(fault)")
            }
            return false
        }
    }

    private static func damage(_ octets: inout [UInt8], _ random: inout SeededGenerator) {
        guard !octets.isEmpty else { return }
        let place = Int.random(in: 0..<octets.count, using: &random)
        let end = min(octets.count, place + Int.random(in: 1...12, using: &random))
        switch Int.random(in: 0..<5, using: &random) {
        case 0: octets[place] = UInt8.random(in: 0...255, using: &random)
        case 1: octets.removeSubrange(place..<end)
        case 2: octets.insert(contentsOf: octets[place..<end], at: place)
        case 3:
            let marks = Array("{}[]:,#&*!|>'\"%@`\n -/.0".utf8)
            octets[place] = marks.randomElement(using: &random) ?? 0
        default:
            let digits = Array("0123456789".utf8)
            octets.insert(digits.randomElement(using: &random) ?? 0, at: place)
        }
    }

    /// The value with one part of it put in place of another kind of value.
    private static func changed(_ value: JSONValue, _ random: inout SeededGenerator) -> JSONValue {
        if let object = value.object, !object.members.isEmpty,
            Int.random(in: 0..<8, using: &random) > 0
        {
            let place = Int.random(in: 0..<object.members.count, using: &random)
            var members = object.members
            if Int.random(in: 0..<12, using: &random) == 0 {
                members.remove(at: place)
            } else {
                members[place] = JSONObject.Member(
                    name: members[place].name, value: changed(members[place].value, &random))
            }
            return JSONObject(members).map { .object($0) } ?? value
        }
        if let array = value.array, !array.isEmpty, Int.random(in: 0..<8, using: &random) > 0 {
            var array = array
            let place = Int.random(in: 0..<array.count, using: &random)
            array[place] = changed(array[place], &random)
            return .array(array)
        }
        let others: [JSONValue] = [
            "", "/", "*", "*.", "a", "A", "0s", "%2F", "/a//b", "é", [], [[]], 0, -1, 70_000, true,
            ["a": "b"],
            .string(String(repeating: "x", count: 5000)),
            .array(Array(repeating: "x", count: 200)),
        ]
        return others.randomElement(using: &random) ?? ""
    }
}
