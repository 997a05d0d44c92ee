package import CanonicalJSON
package import TransparencyLog

/// Whose cosignatures a community wants on its checkpoints, and what happens without them.
///
/// A part of the community card: whoever pins the card enforces it.
package struct WitnessPolicy: Hashable, Sendable {
    /// The witnesses; none for a community without.
    package let keys: [WitnessKey]
    /// How many of them must have cosigned a checkpoint, 1…`keys.count`; 0 without witnesses.
    package let threshold: Int
    /// What readers do with a checkpoint that fewer cosigned.
    package let tooFew: TooFew

    /// What readers do with a checkpoint that fewer than the threshold cosigned.
    package enum TooFew: String, CaseIterable, Sendable {
        /// They do not take it, and go on with the last one that enough cosigned.
        case wait
        /// They take it and say so.
        case serve
    }

    /// The most witnesses: their lines fit a note beside the log's, with room for strangers'.
    package static let keysMax = 32

    /// No witnesses.
    package static let none = WitnessPolicy()

    private init() {
        keys = []
        threshold = 0
        tooFew = .wait
    }

    /// A policy of k of n.
    ///
    /// - Throws: ``WitnessPolicyFault``.
    package init(
        keys: [WitnessKey], threshold: Int, tooFew: TooFew = .wait
    ) throws(WitnessPolicyFault) {
        guard keys.count <= Self.keysMax else {
            throw .tooManyKeys(limit: Self.keysMax, actual: keys.count)
        }
        guard (min(1, keys.count)...keys.count).contains(threshold) else {
            throw .threshold(threshold, keys: keys.count)
        }
        for (place, key) in keys.enumerated() {
            // What a witness signs does not name it, so one key under two names would count twice.
            if let other = keys[..<place].first(where: { $0.octets == key.octets }) {
                throw .sameKey(other.name, key.name)
            }
            if keys[..<place].contains(where: { $0.name == key.name }) {
                throw .sameName(key.name)
            }
        }
        self.keys = keys
        self.threshold = threshold
        self.tooFew = keys.isEmpty ? .wait : tooFew
    }

    /// Whether there are no witnesses.
    package var isEmpty: Bool { keys.isEmpty }

    /// Who cosigned a checkpoint.
    ///
    /// - Throws: ``NoteError/wrongSignature(key:)`` when a known witness's line does not fit.
    package func cosignatures(
        of checkpoint: SignedCheckpoint
    ) throws(NoteError) -> [Cosignature] {
        try checkpoint.note.cosignatures(by: keys)
    }

    /// Whether so many are enough.
    package func isMet(by cosignatures: [Cosignature]) -> Bool {
        cosignatures.count >= threshold
    }

    /// As it stands in the card.
    package var value: JSONValue {
        var object = JSONObject()
        object["keys"] = .array(keys.map { .string($0.text) })
        object["threshold"] = .integer(Int64(threshold))
        if !isEmpty { object["tooFew"] = .string(tooFew.rawValue) }
        return .object(object)
    }

    /// Reads the member `witnesses` of a card.
    init(_ reader: inout ObjectReader) throws(FormatFault) {
        var keys: [WitnessKey] = []
        for (place, value) in try reader.array("keys", count: 0...Self.keysMax).enumerated() {
            guard let text = value.string else {
                throw reader.fault("keys", "element \(place): expected a verifier key as text")
            }
            do {
                keys.append(try WitnessKey(text: text))
            } catch {
                throw reader.fault("keys", "element \(place): \(error)")
            }
        }
        let threshold = Int(try reader.integer("threshold", in: 0...Int64(Self.keysMax)))
        var tooFew = TooFew.wait
        if let text = try reader.optionalString("tooFew") {
            guard let known = TooFew(rawValue: text) else {
                throw reader.fault("tooFew", "expected wait or serve")
            }
            tooFew = known
        }
        do {
            try self.init(keys: keys, threshold: threshold, tooFew: tooFew)
        } catch {
            throw reader.fault(error.member, "\(error)")
        }
    }
}

/// Why a policy cannot be one.
package enum WitnessPolicyFault: Error, Equatable, Sendable {
    /// More witnesses than a note has room for.
    case tooManyKeys(limit: Int, actual: Int)
    /// Not 1…keys, or not 0 without keys.
    case threshold(Int, keys: Int)
    /// Two witnesses with one key: it would count twice.
    case sameKey(String, String)
    /// Two witnesses with one name.
    case sameName(String)

    /// Whether it is the threshold that is wrong, and not a key.
    package var isThreshold: Bool { if case .threshold = self { true } else { false } }

    var member: String { isThreshold ? "threshold" : "keys" }
}

extension WitnessPolicyFault: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch self {
        case .tooManyKeys(let limit, let actual): "\(actual) witnesses; at most \(limit)"
        case .threshold(let threshold, let keys):
            keys == 0
                ? "without witnesses the threshold is 0, not \(threshold)"
                : "a threshold of \(threshold) of \(keys) witnesses; expected 1…\(keys)"
        case .sameKey(let one, let other):
            "\(one) and \(other) have the same key: one witness would count twice"
        case .sameName(let name): "two witnesses are called \(name)"
        }
    }
}
