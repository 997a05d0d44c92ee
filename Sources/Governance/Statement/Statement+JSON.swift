package import CanonicalJSON
import Routing
import SSHSignature

extension Statement {
    private static let nonceLengths = 16...64
    private static let originLengthMax = 255

    /// Reads a statement.
    ///
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    package init(_ value: JSONValue) throws(FormatFault) {
        var reader = try ObjectReader(value, at: "/stmt")
        let name = try reader.string("act")
        by = Int(try reader.integer("by", in: 1...Int64(Int32.max)))
        log = try reader.string("log")
        guard log.utf8.count <= Self.originLengthMax else {
            throw reader.fault("log", "longer than \(Self.originLengthMax) octets")
        }
        nonce = try reader.string("nonce")
        guard Self.nonceLengths.contains(nonce.utf8.count), nonce.utf8.allSatisfy(isLowerHex) else {
            throw reader.fault("nonce", "expected 16…64 lower-case hexadecimal digits")
        }
        until = try reader.integer("until", in: 0...(1 << 52))
        act = try Act(name, &reader)
        try reader.finish()
        self.value = value
        let octets = value.canonicalOctets
        guard octets.count <= Self.octetsMax else {
            throw FormatFault(
                pointer: "/stmt", reason: "\(octets.count) octets; at most \(Self.octetsMax)")
        }
        hash = ContentDigest(of: octets)
    }
}

extension Act {
    fileprivate init(_ name: String, _ reader: inout ObjectReader) throws(FormatFault) {
        switch name {
        case "join": self = .join(digest: try reader.digest("digest"))
        case "key": self = .key(try reader.key("key"))
        case "propose": self = .propose(try Proposing(&reader))
        case "sponsor":
            let proposal = Int(try reader.integer("proposal", in: 1...Int64(Int32.max)))
            self = .sponsor(proposal: proposal, payload: try reader.digest("payload"))
        case "ballot": self = .ballot(try Ballot(&reader))
        default:
            throw reader.fault(
                "act",
                "\"\(name)\" is not built in rules version 1; "
                    + "expected join, key, propose, sponsor or ballot")
        }
    }
}

extension Proposing {
    fileprivate init(_ reader: inout ObjectReader) throws(FormatFault) {
        let operations = try reader.value("operations")
        do {
            bundle = try OperationBundle(validating: operations)
        } catch {
            throw reader.fault("operations", "\(error)")
        }
        reason = try reader.optionalDigest("reason")
    }
}

extension Ballot {
    fileprivate init(_ reader: inout ObjectReader) throws(FormatFault) {
        open = try reader.digest("open")
        let word = try reader.string("choice")
        guard let choice = Choice(rawValue: word) else {
            throw reader.fault("choice", "expected yes, no or abstain, found \"\(word)\"")
        }
        self.choice = choice
        replaces = try reader.optionalDigest("replaces")
        var head = try reader.object("head")
        headSize = Int(try head.integer("size", in: 0...(1 << 52)))
        headRoot = try head.digest("root")
        try head.finish()
    }
}

/// Whether an octet is `0`…`9` or `a`…`f`.
private func isLowerHex(_ octet: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(octet)
}
