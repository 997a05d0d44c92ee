package import TransparencyLog

/// A log that a witness cosigns, as its community card names it.
package struct WitnessedLog: Hashable, Sendable {
    /// The log's key; its name is the log's origin.
    package let key: VerifierKey

    /// The log's origin.
    package var origin: String { key.name }

    /// Where monitors find its checkpoint: SHA-256 of the origin, hexadecimal (C2SP tlog-witness).
    var originHash: String { Digest(hashing: Array(origin.utf8)).hex }

    /// The most logs of one witness: what it cosigned last is one small file.
    package static let countMax = 256

    /// A log.
    package init(key: VerifierKey) { self.key = key }
}
