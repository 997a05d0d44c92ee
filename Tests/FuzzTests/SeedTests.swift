import FuzzTargets
import HTTP1
import TestKit
import Testing

/// The inputs from which the fuzzer starts, and those that it found: each keeps every property of
/// its target, in an ordinary build too.
@Suite struct SeedTests {
    @Test(arguments: FuzzTarget.allCases)
    func `every seed and every finding keeps the properties`(_ target: FuzzTarget) throws {
        for input in try Input.all(of: target) {
            #expect(throws: Never.self, "\(input.path)") { try target.judge(input.octets.span) }
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `every target has seeds`(_ target: FuzzTarget) throws {
        #expect(try Input.seeds(of: target).count >= 8)
    }

    @Test func `the seeds show every fault that a message can have`() throws {
        var shown: Set<MessageFault> = []
        for target in FuzzTarget.allCases {
            for seed in try Input.seeds(of: target) {
                shown.formUnion(try target.judge(seed.octets.span))
            }
        }
        // How large a body may be is counted by whoever forwards it.
        #expect(Set(MessageFault.allCases).subtracting(shown) == [.bodyTooLarge])
    }

    @Test(arguments: FuzzTarget.allCases)
    func `a seed that is called after a fault shows it`(_ target: FuzzTarget) throws {
        for seed in try Input.seeds(of: target) {
            let shown = try target.judge(seed.octets.span)
            let expected = MessageFault.allCases.filter { "\($0.name)" == seed.fault }
            #expect(shown.isSuperset(of: expected), "\(seed.path) shows \(shown)")
        }
    }
}
