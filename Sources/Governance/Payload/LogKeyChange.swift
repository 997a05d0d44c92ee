import CanonicalJSON
import TransparencyLog

/// Another key of the log, and its own word that it is to be that.
package struct LogKeyChange: Sendable {
    /// The next verifier key as given.
    package let key: String
    /// The base64 of the signature as given.
    package let signature: String

    /// The longest of either, octets.
    private static let textMax = 512

    /// Reads `key` and `sig`.
    ///
    /// - Throws: ``FormatFault`` when one is absent, no text or too long.
    init(_ reader: inout ObjectReader) throws(FormatFault) {
        key = try reader.string("key")
        signature = try reader.string("sig")
        for (name, text) in [("key", key), ("sig", signature)]
        where text.utf8.count > Self.textMax {
            throw reader.fault(name, "longer than \(Self.textMax) octets")
        }
    }

    /// What the next key signs: `docs/governance.md` §11.
    package static func message(origin: String, from: String, to next: String) -> String {
        "commonway-log-key/v1\n\(origin)\n\(from)\n\(next)\n"
    }

    /// Why it cannot take the place of a key; `nil` when it can.
    ///
    /// - Complexity: one Ed25519 verification.
    func objection(origin: String, inForce: String, former: [String]) -> String? {
        let next: VerifierKey
        do {
            next = try VerifierKey(text: key)
        } catch {
            return "the next log key is no verifier key: \(error)"
        }
        guard next.name.utf8.elementsEqual(origin.utf8) else {
            return "the next log key is named \"\(next.name)\", this log is \"\(origin)\""
        }
        // Octet by octet: keys are ASCII but for their name.
        let taken = [inForce] + former
        guard !taken.contains(where: { $0.utf8.elementsEqual(key.utf8) }) else {
            return "the next log key is or was this log's"
        }
        let message = Self.message(origin: origin, from: inForce, to: key)
        return next.verifies(base64: signature, text: message)
            ? nil : "the next log key did not sign for taking the place of the present one"
    }
}
