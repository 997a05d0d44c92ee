import FuzzTargets
import Routing
import Testing

/// What the fuzzer's build stands on.
@Suite struct OracleTests {
    @Test func `the digest of the fuzzer's build is the one of every other build`() {
        for count in 0...200 {
            let octets = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            #expect(SHA256.hash(data: octets) == ContentDigest(of: octets).octets, "\(count)")
        }
    }
}
