import CanonicalJSON
import Forge
import Governance
import Routing
import Testing

@Suite struct EntryReadingTests {
    /// A correct entry of each act and kind by which faults are tried.
    private func entry(_ kind: String) throws -> JSONValue {
        var forge = try Forge(charter: Charter.demonstration)
        switch kind {
        case "genesis", "founders":
            return try JSONValue(
                parsing: forge.entries[kind == "genesis" ? 0 : 1], form: .canonical,
                limits: .entry)
        case "key": return try forge.enrolment(of: try Forge.foreignKey(), by: 1)
        case "sponsor":
            let payload = ContentDigest(of: []).hex
            return try forge.signed(
                "sponsor", by: 1, ["proposal": 1, "payload": .string(payload)])
        case "ballot": return try forge.ballot(try forge.openVote(), by: 1)
        case "close": return ["v": 1, "kind": "close", "t": 1, "proposal": 1]
        default: return try forge.signed(kind, by: 1, ["operations": .array(Samples.library)])
        }
    }

    private func pointer(_ value: JSONValue) throws -> String? {
        let fault = #expect(throws: EntryFault.self) {
            try Entry(octets: value.canonicalOctets)
        }
        guard case .malformed(let format) = fault else { return nil }
        return format.pointer
    }

    @Test(
        arguments: [
            ("propose", ["v"], 2), ("propose", ["t"], -1), ("propose", ["t"], "now"),
            ("propose", ["t"], 4_503_599_627_370_497),
            ("propose", ["kind"], "motion"), ("propose", ["kind"], 1),
            ("propose", ["sig"], 1), ("propose", ["surprise"], 1), ("propose", ["stmt"], "yes"),
            ("propose", ["stmt", "act"], "veto"), ("propose", ["stmt", "act"], "resign"),
            ("propose", ["stmt", "by"], 0), ("propose", ["stmt", "by"], 2_147_483_648),
            ("propose", ["stmt", "until"], -1), ("propose", ["stmt", "nonce"], "0123456789ABCDEF"),
            ("propose", ["stmt", "nonce"], "0123456789abcde"), ("propose", ["stmt", "log"], 7),
            ("propose", ["stmt", "surprise"], 1), ("propose", ["stmt", "operations"], []),
            ("propose", ["stmt", "operations"], "all"), ("propose", ["stmt", "reason"], "why"),
            ("sponsor", ["stmt", "proposal"], 0), ("sponsor", ["stmt", "payload"], "00"),
            ("ballot", ["stmt", "choice"], "maybe"), ("ballot", ["stmt", "open"], "x"),
            ("ballot", ["stmt", "head", "size"], -1), ("ballot", ["stmt", "head", "root"], ""),
            ("ballot", ["stmt", "head", "surprise"], 1), ("ballot", ["stmt", "replaces"], ""),
            ("key", ["stmt", "key"], "ssh-rsa AAAA"), ("key", ["stmt", "key"], ""),
            ("genesis", ["rules"], 2), ("genesis", ["stewards"], [1]), ("genesis", ["origin"], ""),
            ("genesis", ["charter", "charter"], 2), ("genesis", ["surprise"], 1),
            ("founders", ["members"], []), ("close", ["proposal"], 0), ("close", ["proposal"], "7"),
            ("close", ["kind"], "constitute"),
        ] as [(String, [String], JSONValue)])
    func `a malformed member is named`(kind: String, path: [String], value: JSONValue) throws {
        let wrong = Samples.replacing(path[...], in: try entry(kind), by: value)
        #expect(try pointer(wrong) == "/" + path.joined(separator: "/"))
    }

    @Test(arguments: [
        ("propose", "v"), ("propose", "kind"), ("propose", "t"), ("propose", "sig"),
        ("propose", "stmt"), ("genesis", "origin"), ("genesis", "key"), ("genesis", "rules"),
        ("genesis", "charter"), ("genesis", "stewards"), ("founders", "members"),
        ("close", "proposal"),
    ])
    func `a missing member is named`(kind: String, name: String) throws {
        var object = try #require(try entry(kind).object)
        object[name] = nil
        #expect(try pointer(.object(object)) == "/" + name)
    }

    @Test(arguments: ["number", "key", "handle"])
    func `a founder's wrong member is named with their place`(name: String) throws {
        let entry = try entry("founders")
        var members = try #require(entry["members"]?.array)
        members[1] = Samples.replacing([name], in: members[1], by: true)
        let wrong = Samples.replacing(["members"], in: entry, by: .array(members))
        #expect(try pointer(wrong) == "/members/1/" + name)
    }

    @Test func `only a statement of act key is signed twice`() throws {
        let entry = try entry("propose")
        let signature = try #require(entry["sig"])
        let wrong = Samples.replacing(["cosig"], in: entry, by: signature)
        #expect(try pointer(wrong) == "/cosig")
    }

    @Test(arguments: ["sig", "cosig"])
    func `a signature of any length is not read`(name: String) throws {
        let entry = try entry("key")
        let long = String(repeating: "A", count: SignedStatement.signatureMax + 1)
        let wrong = Samples.replacing([name], in: entry, by: .string(long))
        #expect(try pointer(wrong) == "/" + name)
    }

    @Test(arguments: ["", "null", "[]", "7", "\"genesis\"", "{}", "{\"v\":1}", "{ \"v\":1}", "{"])
    func `what is no entry is refused`(text: String) {
        #expect(throws: EntryFault.self) { try Entry(octets: Array(text.utf8)) }
    }

    @Test func `an entry in any other spelling is refused`() throws {
        let octets = try entry("propose").canonicalOctets
        #expect(throws: EntryFault.self) { try Entry(octets: octets + [UInt8(ascii: "\n")]) }
        #expect(throws: EntryFault.self) { try Entry(octets: [UInt8(ascii: " ")] + octets) }
        try #expect(Entry(octets: octets).value.canonicalOctets == octets)
    }

    @Test func `a statement may have 48 KiB and not an octet more`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        let fits = try LargeStatement.of(Statement.octetsMax, &forge)
        let statement = try Statement(fits)
        #expect(statement.value.canonicalOctets.count == 49_152)
        let entry = try forge.entry(logging: fits, signedBy: forge.keys[0])
        #expect(entry.canonicalOctets.count <= Entry.octetsMax)
        #expect(try Situation(forge, entry).judged().verdict == .applied)
        let tooLong = try LargeStatement.of(Statement.octetsMax + 1, &forge)
        let fault = #expect(throws: FormatFault.self) { try Statement(tooLong) }
        #expect(fault?.pointer == "/stmt")
        #expect(fault?.reason.contains("49153") == true)
    }
}
