import CanonicalJSON
import Routing
import TestKit
import Testing

/// A world of few hosts and backends, where small bundles often touch each other and often do not.
private struct ScopeWorld {
    private static let hosts = [
        "a.org", "x.a.org", "*.a.org", "b.org", "x.b.org", "*.b.org", "c.net", "d.net", "*.net",
    ]
    private static let backends = ["b0", "b1", "b2"]
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func backend(_ name: String) -> JSONValue {
        let ports = random.pick([[1], [2], [1, 2]])
        return [
            "kind": "Backend", "name": .string(name), "protocol": "http",
            "endpoints": .array(
                ports.map { ["address": "127.0.0.1", "port": .integer(Int64($0))] }),
        ]
    }

    private mutating func route(_ name: String) -> JSONValue {
        var route = JSONObject()
        route["kind"] = "HTTPRoute"
        route["name"] = .string(name)
        if !random.chance(12) {
            let hosts = (0..<(random.chance(4) ? 2 : 1)).map { _ in random.pick(Self.hosts) }
            route["hostnames"] = .array(Set(hosts).sorted().map { .string($0) })
        }
        var reference = JSONObject()
        reference["name"] = .string(random.pick(Self.backends))
        if random.chance(3) { reference["port"] = .integer(random.pick([1, 2])) }
        route["rules"] = [
            [
                "matches": [
                    ["path": ["type": "PathPrefix", "value": .string(random.pick(["/", "/p"]))]]
                ],
                "backendRefs": [.object(reference)],
            ]
        ]
        return .object(route)
    }

    /// Operations on one document or two, which may or may not be allowed.
    mutating func bundle() throws -> OperationBundle {
        let names = (Self.backends + (0..<5).map { "r\($0)" }).shuffled(using: &random)
        let operations = names.prefix(random.chance(3) ? 2 : 1).map { name -> JSONValue in
            let isBackend = name.hasPrefix("b")
            if random.chance(5) {
                let kind = isBackend ? "Backend" : "HTTPRoute"
                return ["op": "delete", "kind": .string(kind), "name": .string(name)]
            }
            return ["op": "apply", "document": isBackend ? backend(name) : route(name)]
        }
        return try OperationBundle(validating: .array(operations))
    }
}

/// What the plan of a proposal in discussion looks at, against planning it again.
@Suite struct PlanScopeTests {
    private static func scope(_ bundle: OperationBundle, on set: DocumentSet) -> PlanScope {
        PlanScope(bundle.operations) { set[$0]?.proposed }
    }

    private static func plan(
        _ bundle: OperationBundle, on set: DocumentSet
    ) -> Result<Plan, PlanFault> {
        do { return .success(try Plan(bundle, on: set)) } catch { return .failure(error) }
    }

    @Test func `what an enactment does not touch stays as it was planned`() throws {
        var (untouched, changed) = (0, 0)
        for seed in 0..<400 {
            var world = ScopeWorld(seed: UInt64(seed))
            var set = DocumentSet()
            for entry in 0..<40 {
                let (pending, other) = (try world.bundle(), try world.bundle())
                let before = Self.plan(pending, on: set)
                let isTouched = Self.scope(pending, on: set).isTouched(
                    by: Self.scope(other, on: set))
                guard (try? set.apply(other, by: Enactment(entry: entry, proposal: entry))) != nil
                else { continue }
                let isSame = before == Self.plan(pending, on: set)
                #expect(isTouched || isSame, "seed \(seed) entry \(entry)")
                if !isTouched { untouched += 1 }
                if !isSame { changed += 1 }
            }
        }
        // Of some 5,000 pairs, both happen often.
        #expect(untouched > 1_000)
        #expect(changed > 1_000)
    }
}
