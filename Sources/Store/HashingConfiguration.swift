/// What password checks may cost the machine.
package struct HashingConfiguration: Sendable {
    /// Hashes computed at once: 2 × 64 MiB of memory at the standard cost.
    package static let threadCount = 2

    /// The work of one hash.
    package let cost: Argon2Cost
    /// Checks that wait beyond those that run; the next is refused as busy. At a tenth of a second
    /// each, 16 are done within a second.
    package let waitingMax: Int

    /// A configuration of one's own.
    package init(cost: Argon2Cost, waitingMax: Int = 16) {
        self.cost = cost
        self.waitingMax = max(0, waitingMax)
    }

    /// ``Argon2Cost/standard``, and 16 waiting.
    package static let standard = HashingConfiguration(cost: .standard)
}
