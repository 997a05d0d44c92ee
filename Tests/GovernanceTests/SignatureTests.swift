import CanonicalJSON
import Forge
import Governance
import LogReader
import Routing
import SSHSignature
import Testing
import TransparencyLog

/// Who signed: a signature holds for one key, one namespace and exactly these octets.
@Suite struct SignatureTests {
    private static let namespaces = [
        "join@commonway", "key@commonway", "proposal@commonway", "sponsor@commonway",
        "propose@commonway", "file", "ballot@commonway ",
    ]

    /// An open vote and a correct ballot on it by member 1.
    private func ballot() throws -> (forge: Forge, entry: JSONValue) {
        var forge = try Forge(charter: Charter.demonstration)
        let number = try forge.openVote()
        return (forge, try forge.ballot(number, by: 1))
    }

    private func code(
        _ forge: Forge, _ entry: JSONValue, with signature: String, as name: String = "sig"
    ) throws -> RefusalCode? {
        let wrong = Samples.replacing([name], in: entry, by: .string(signature))
        return try Situation(forge, wrong).refusal?.code
    }

    @Test(arguments: namespaces)
    func `a signature in another namespace does not hold`(namespace: String) throws {
        let (forge, entry) = try ballot()
        let octets = try #require(entry["stmt"]).canonicalOctets
        let key = forge.keys[0]
        let right = try key.sign(message: octets, namespace: "ballot@commonway").base64
        #expect(try code(forge, entry, with: right) == nil)
        let wrong = try key.sign(message: octets, namespace: namespace).base64
        #expect(try code(forge, entry, with: wrong) == .badSignature)
    }

    @Test(arguments: ["choice", "open", "until", "nonce", "head", "by", "log"])
    func `a statement altered after signing is refused`(name: String) throws {
        let (forge, entry) = try ballot()
        let others: [String: JSONValue] = [
            "choice": "no", "open": .string(ContentDigest(of: [1]).hex),
            "until": .integer(forge.t + 999), "nonce": "0123456789abcdef",
            "head": ["size": 1, "root": .string(try forge.tree.root(atSize: 1).hex)], "by": 2,
            "log": .string(forge.state.origin + "/"),
        ]
        let value = try #require(others[name])
        let altered = Samples.replacing(["stmt", name], in: entry, by: value)
        let expected: RefusalCode = name == "log" ? .wrongLog : .badSignature
        #expect(try Situation(forge, altered).refusal?.code == expected)
    }

    @Test func `a signature by a key that is nobody's or another member's is refused`() throws {
        let (forge, entry) = try ballot()
        let stmt = try #require(entry["stmt"])
        for key in [forge.keys[1], try Forge.foreignKey()] {
            let signature = try Forge.signature(of: stmt, by: key)
            #expect(try code(forge, entry, with: signature) == .keyNotInForce)
        }
    }

    @Test(arguments: ["", "AAAA", "not base64", "U1NIU0lH"])
    func `what is no signature is refused`(text: String) throws {
        let (forge, entry) = try ballot()
        #expect(try code(forge, entry, with: text) == .badSignature)
    }

    @Test func `every flipped bit of the signature is refused`() throws {
        let (forge, entry) = try ballot()
        let text = try #require(entry["sig"]?.string)
        let octets = try SSHSignatureBlob(base64: text).signature
        for bit in stride(from: 0, to: octets.count * 8, by: 7) {
            var flipped = octets
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            let wrong = try replacing(octets, by: flipped, in: text)
            #expect(try code(forge, entry, with: wrong) == .badSignature)
        }
    }

    /// The base64 of a blob with other signature octets, which stand last in it.
    private func replacing(
        _ octets: [UInt8], by other: [UInt8], in text: String
    ) throws -> String {
        let blob = try SSHSignatureBlob(base64: text).octets
        let head = blob.dropLast(octets.count)
        return try SSHSignatureBlob(octets: Array(head) + other).base64
    }

    @Test func `an enrolled key signs as the member from then on, and not before`() throws {
        var (forge, entry) = try ballot()
        let key = try Forge.foreignKey()
        let stmt = try #require(entry["stmt"])
        let signature = try Forge.signature(of: stmt, by: key)
        #expect(try code(forge, entry, with: signature) == .keyNotInForce)
        try forge.append(try forge.enrolment(of: key, by: 1))
        #expect(try code(forge, entry, with: signature) == nil)
    }

    @Test func `a key is enrolled by a cosignature of that key alone`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        let key = try Forge.foreignKey()
        let entry = try forge.enrolment(of: key, by: 1)
        let stmt = try #require(entry["stmt"])
        #expect(try Situation(forge, entry).refusal == nil)
        for other in [forge.keys[0], forge.keys[1], try Forge.foreignKey(1)] {
            let wrong = try Forge.signature(of: stmt, by: other)
            #expect(try code(forge, entry, with: wrong, as: "cosig") == .missingCosignature)
        }
        let elsewhere = try key.sign(
            message: stmt.canonicalOctets, namespace: "ballot@commonway"
        ).base64
        #expect(try code(forge, entry, with: elsewhere, as: "cosig") == .badSignature)
        #expect(try code(forge, entry, with: "AAAA", as: "cosig") == .badSignature)
    }

    @Test func `a new key cannot enrol itself`() throws {
        var forge = try Forge(charter: Charter.demonstration)
        let key = try Forge.foreignKey()
        let entry = try forge.enrolment(of: key, by: 1)
        let stmt = try #require(entry["stmt"])
        let own = try Forge.signature(of: stmt, by: key)
        #expect(try code(forge, entry, with: own) == .keyNotInForce)
    }
}
