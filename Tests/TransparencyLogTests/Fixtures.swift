import TransparencyLog

/// Keys that the suites share; the seeds are no secrets.
enum Fixture {
    static let origin = "gw.example.org/log"

    static func signer(name: String = origin, seed: UInt8 = 1) throws -> SignerKey {
        try SignerKey(name: name, seed: [UInt8](repeating: seed, count: 32))
    }

    /// A tree of entries that number themselves.
    static func tree(_ size: Int) -> MerkleTree {
        MerkleTree(leaves: Reference.leaves(size))
    }
}
