import Proxy
import Synchronization
import Testing

@Suite struct `Shares over many requests` {
    private final class Count: Sendable {
        private let value = Atomic<Int>(0)
        func add() { value.add(1, ordering: .relaxed) }
        var total: Int { value.load(ordering: .relaxed) }
    }

    private func counting(_ count: Count) throws -> EndpointServer {
        try EndpointServer { wire, _ in
            wire.limitMs = 60_000
            while true {
                _ = try wire.readHead()
                count.add()
                try wire.send("HTTP/1.1 204 No Content\r\n\r\n")
            }
        }
    }

    @Test func `70, 30 and 0 of a hundred get their parts, and a mirror its fifth`() throws {
        let counts = [Count(), Count(), Count(), Count()]
        let filtered = try Filtered(
            #"{"filters":[{"type":"RequestMirror","requestMirror":{"backendRef":{"name":"m"},"#
                + #""percent":20}}],"backendRefs":[{"name":"a","weight":70},"#
                + #"{"name":"b","weight":30},{"name":"c","weight":0}]}"#,
            backends: [
                "a": try counting(counts[0]), "b": try counting(counts[1]),
                "c": try counting(counts[2]), "m": try counting(counts[3]),
            ])
        // Twenty connections, so that their turns mix; a hundred requests ahead on each.
        let wires = try (0..<20).map { _ in try filtered.served.connect() }
        let ahead = String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 100)
        for _ in 0..<5 {
            for wire in wires { try wire.send(ahead) }
            for wire in wires {
                for _ in 0..<100 { #expect(try wire.readHead().status == 204) }
            }
        }
        #expect((6_900...7_100).contains(counts[0].total))
        #expect((2_900...3_100).contains(counts[1].total))
        #expect(counts[2].total == 0)
        for _ in 0..<1_000 where counts[3].total < 1_800 { Pause.milliseconds(5) }
        #expect((1_800...2_200).contains(counts[3].total))
    }
}
