package import CanonicalJSON
import Governance
package import Routing

/// What gateways and auditors pin, so that the log key alone cannot invent another history.
///
/// Handed over once, by a way that its holder trusts; everything else is computed from the log.
package struct CommunityCard: Equatable, Sendable {
    /// The log's origin.
    package let origin: String
    /// The log's verifier key, as C2SP signed-note writes it.
    package let key: String
    /// The leaf hash of the `constituted` entry.
    package let constituted: ContentDigest

    /// The longest card, octets.
    package static let octetsMax = 16_384

    /// A card.
    package init(origin: String, key: String, constituted: ContentDigest) {
        self.origin = origin
        self.key = key
        self.constituted = constituted
    }

    /// Reads a card; `docs/formats.md` §7.
    ///
    /// - Throws: ``CardFault`` with what is malformed, or what the card asks for and is not built.
    package init(octets: some Collection<UInt8>) throws(CardFault) {
        let value: JSONValue
        do {
            value = try JSONValue(
                parsing: octets, form: .relaxed,
                limits: JSONLimits(octetsMax: Self.octetsMax, depthMax: 8))
        } catch {
            throw CardFault(reason: error.description)
        }
        do {
            try self.init(value)
        } catch {
            throw CardFault(reason: error.description)
        }
    }

    private init(_ value: JSONValue) throws(FormatFault) {
        var reader = try ObjectReader(value)
        guard try reader.integer("v") == 1 else {
            throw reader.fault("v", "expected 1, the only form of cards so far")
        }
        origin = try reader.string("origin")
        key = try reader.string("key")
        constituted = try reader.digest("constituted")
        var witnesses = try reader.object("witnesses")
        let keys = try witnesses.array("keys", count: 0...100)
        guard keys.isEmpty, try witnesses.integer("threshold") == 0 else {
            throw witnesses.fault("keys", "witness policies are not built; expected none")
        }
        try witnesses.finish()
        try reader.finish()
        guard key.hasPrefix(origin + "+") else {
            throw reader.fault("key", "its name is not the origin \(origin)")
        }
    }

    /// The card as JSON.
    package var value: JSONValue {
        [
            "v": 1, "origin": .string(origin), "key": .string(key),
            "constituted": .string(constituted.hex), "witnesses": ["keys": [], "threshold": 0],
        ]
    }
}

/// Why a text is no community card.
package struct CardFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong, and where.
    package let reason: String

    /// `not a community card: /key: is missing`.
    package var description: String { "not a community card: \(reason)" }
}
