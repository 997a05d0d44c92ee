import CanonicalJSON
import SSHSignature
import Testing

@testable import commonway

@Suite struct KeyEnrolmentTests {
    private let newKey: PrivateKey
    private let statement: JSONValue

    init() throws {
        newKey = try PrivateKey(seed: [UInt8](repeating: 9, count: 32))
        statement = StatementDraft(
            by: 3, log: "gw.example.org/log", nonce: "0011223344556677", until: 1000
        ).key(newKey.publicKey.openSSHText)
    }

    private func file(signedBy key: PrivateKey, namespace: String = "key@commonway") throws
        -> [UInt8]
    {
        let blob = try key.sign(message: statement.canonicalOctets, namespace: namespace)
        let value: JSONValue = ["cosig": .string(blob.base64), "stmt": statement]
        return value.canonicalOctets
    }

    @Test func `what the new key signed is taken as it is`() throws {
        let enrolment = try KeyEnrolment(octets: file(signedBy: newKey), place: "k.json")
        #expect(enrolment.statement == statement)
        #expect(enrolment.key == newKey.publicKey)
    }

    @Test func `a signature by another key is refused`() throws {
        let other = try PrivateKey(seed: [UInt8](repeating: 8, count: 32))
        let octets = try file(signedBy: other)
        #expect(throws: Complaint.self) { try KeyEnrolment(octets: octets, place: "k.json") }
    }

    @Test func `a signature made for a ballot is refused`() throws {
        let octets = try file(signedBy: newKey, namespace: "ballot@commonway")
        #expect(throws: Complaint.self) { try KeyEnrolment(octets: octets, place: "k.json") }
    }

    @Test(arguments: [
        (Int64(4), "gw.example.org/log", Int64(999)), (3, "other.example/log", 999),
        (3, "gw.example.org/log", 1000),
    ])
    func `another member's, another log's and a late one are refused`(
        member: Int64, origin: String, now: Int64
    ) throws {
        let enrolment = try KeyEnrolment(octets: file(signedBy: newKey), place: "k.json")
        #expect(throws: Complaint.self) {
            try enrolment.check(member: member, origin: origin, now: now)
        }
    }
}
