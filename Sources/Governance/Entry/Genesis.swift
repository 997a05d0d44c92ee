package import CanonicalJSON
package import Routing
package import SSHSignature

/// What the first entry fixes.
package struct Genesis: Sendable {
    /// The log's origin: a URL without scheme.
    package let origin: String
    /// The log's verifier key, as C2SP signed-note writes it.
    package let key: String
    /// The voting rules.
    package let charter: Charter

    /// The only rules version so far.
    package static let rules: Int64 = 1

    /// The entry that founds a community.
    package static func entry(
        origin: String, key: String, charter: JSONValue, t: Int64
    ) -> JSONValue {
        [
            "v": 1, "kind": "genesis", "t": .integer(t), "origin": .string(origin),
            "key": .string(key), "rules": .integer(rules), "charter": charter, "stewards": [],
        ]
    }

    init(_ reader: inout ObjectReader) throws(FormatFault) {
        origin = try reader.string("origin")
        key = try reader.string("key")
        guard !origin.isEmpty, origin.utf8.count <= 255 else {
            throw reader.fault("origin", "expected 1…255 octets")
        }
        guard try reader.integer("rules") == Self.rules else {
            throw reader.fault("rules", "expected 1, the only rules version that this reader knows")
        }
        let rules = try reader.value("charter")
        do {
            charter = try Charter(rules)
        } catch {
            throw FormatFault(
                pointer: reader.pointer + "/charter" + error.pointer, reason: error.reason)
        }
        guard try reader.array("stewards", count: 0...100).isEmpty else {
            throw reader.fault("stewards", "expected []: elected stewards are not built")
        }
    }
}

/// One founder as the log names them.
package struct Founder: Sendable {
    /// Their number, from 1 on.
    package let number: Int
    /// Their first key.
    package let key: PublicKey
    /// The salted digest of their handle.
    package let handle: ContentDigest

    /// The most founders that one entry lists.
    package static let entryMax = 100

    /// A founder to be written.
    package init(number: Int, key: PublicKey, handle: ContentDigest) {
        self.number = number
        self.key = key
        self.handle = handle
    }

    /// The entry that lists founders.
    package static func entry(_ founders: [Founder], t: Int64) -> JSONValue {
        let members: [JSONValue] = founders.map {
            [
                "number": .integer(Int64($0.number)), "key": .string($0.key.openSSHText),
                "handle": .string($0.handle.hex),
            ]
        }
        return ["v": 1, "kind": "founders", "t": .integer(t), "members": .array(members)]
    }

    init(_ value: JSONValue, at pointer: String) throws(FormatFault) {
        var reader = try ObjectReader(value, at: pointer)
        number = Int(try reader.integer("number", in: 1...Int64(Int32.max)))
        key = try reader.key("key")
        handle = try reader.digest("handle")
        try reader.finish()
    }
}
