/// How much work one password hash is (RFC 9106 §3.1).
package struct Argon2Cost: Equatable, Sendable {
    /// Memory, KiB. The lower end is the least that OWASP's password storage guide names for two
    /// passes; the upper keeps a stored hash from asking for more than 1 GiB.
    package static let memoryKibibytesRange = 19_456...1_048_576
    /// Passes over the memory.
    package static let passesRange = 2...16
    /// Lanes; libargon2 starts a thread for each when there are several.
    package static let lanesRange = 1...4

    /// Memory, KiB.
    package let memoryKibibytes: Int
    /// Passes.
    package let passes: Int
    /// Lanes.
    package let lanes: Int

    /// A cost of one's own.
    ///
    /// - Throws: ``StoreError/hashingCost(parameter:limit:actual:)`` outside the ranges.
    package init(memoryKibibytes: Int, passes: Int, lanes: Int) throws(StoreError) {
        for (parameter, limit, actual) in [
            ("memory (KiB)", Self.memoryKibibytesRange, memoryKibibytes),
            ("passes", Self.passesRange, passes),
            ("lanes", Self.lanesRange, lanes),
        ] where !limit.contains(actual) {
            throw .hashingCost(parameter: parameter, limit: limit, actual: actual)
        }
        self.init(unchecked: memoryKibibytes, passes: passes, lanes: lanes)
    }

    private init(unchecked memoryKibibytes: Int, passes: Int, lanes: Int) {
        self.memoryKibibytes = memoryKibibytes
        self.passes = passes
        self.lanes = lanes
    }

    /// 64 MiB, three passes, one lane: RFC 9106 §4's second recommendation on a single lane, since
    /// two hashes run at once already.
    package static let standard = Argon2Cost(unchecked: 65_536, passes: 3, lanes: 1)

    /// 19 MiB, two passes, one lane: the least allowed, for tests and small machines.
    package static let least = Argon2Cost(unchecked: 19_456, passes: 2, lanes: 1)

    /// Whether a hash of this cost should be made anew when `wanted` is configured.
    func isWeaker(than wanted: Argon2Cost) -> Bool {
        memoryKibibytes < wanted.memoryKibibytes || passes < wanted.passes
    }
}
