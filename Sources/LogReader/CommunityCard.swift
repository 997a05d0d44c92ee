package import CanonicalJSON
import Governance
package import Routing
import TransparencyLog

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
    /// Whose cosignatures readers ask for.
    package let witnesses: WitnessPolicy

    /// The longest card, octets.
    package static let octetsMax = 16_384

    /// A card.
    package init(
        origin: String, key: String, constituted: ContentDigest, witnesses: WitnessPolicy = .none
    ) {
        self.origin = origin
        self.key = key
        self.constituted = constituted
        self.witnesses = witnesses
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
        var policy = try reader.object("witnesses")
        witnesses = try WitnessPolicy(&policy)
        try policy.finish()
        try reader.finish()
        guard key.hasPrefix(origin + "+") else {
            throw reader.fault("key", "its name is not the origin \(origin)")
        }
        // Of a key that cannot be one, whoever verifies with it says more.
        if let log = try? VerifierKey(text: key),
            let same = witnesses.keys.first(where: { $0.octets == log.octets })
        {
            throw policy.fault(
                "keys", "\(same.name) has the log's own key; a log cannot be its witness")
        }
    }

    /// The card as JSON.
    package var value: JSONValue {
        [
            "v": 1, "origin": .string(origin), "key": .string(key),
            "constituted": .string(constituted.hex), "witnesses": witnesses.value,
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
