import SSHSignature
import TestKit
import Testing

@Suite("Signature blobs")
struct SignatureBlobTests {
    @Test func `signing twice gives the same octets`() throws {
        #expect(try Fixture.blob().octets == Fixture.blob().octets)
    }

    @Test func `verifying names the key that signed`() throws {
        let signer = try Fixture.blob().verify(
            message: Fixture.message, namespace: Fixture.namespace)
        #expect(signer == (try Fixture.key().publicKey))
    }

    @Test func `a blob comes back octet by octet from all its forms`() throws {
        let blob = try Fixture.blob()
        #expect(try SSHSignatureBlob(octets: blob.octets) == blob)
        #expect(try SSHSignatureBlob(base64: blob.base64) == blob)
        #expect(try SSHSignatureBlob(armored: blob.armored) == blob)
        #expect(try SSHSignatureBlob(octets: blob.octets).octets == blob.octets)
    }

    @Test func `every flipped bit of a blob is refused`() throws {
        let octets = try Fixture.blob().octets
        var accepted: [Int] = []
        for bit in 0..<(octets.count * 8) {
            let signer = try? SSHSignatureBlob(octets: octets.flipping(bit: bit))
                .verify(message: Fixture.message, namespace: Fixture.namespace)
            if signer != nil { accepted.append(bit) }
        }
        #expect(accepted == [])
    }

    @Test func `every flipped bit of the message is refused`() throws {
        let blob = try Fixture.blob()
        var accepted: [Int] = []
        for bit in 0..<(Fixture.message.count * 8) {
            let altered = Fixture.message.flipping(bit: bit)
            let signer = try? blob.verify(message: altered, namespace: Fixture.namespace)
            if signer != nil { accepted.append(bit) }
        }
        #expect(accepted == [])
    }

    @Test func `a blob cut off anywhere is refused`() throws {
        let octets = try Fixture.blob().octets
        let accepted = octets.indices.filter { count in
            (try? SSHSignatureBlob(octets: octets.prefix(count))) != nil
        }
        #expect(accepted == [])
    }

    @Test func `octets after the blob are refused`() throws {
        let octets = try Fixture.blob().octets
        let fault = WireFault(kind: .trailingOctets(count: 1), offset: octets.count)
        #expect(throws: SignatureError.malformed(fault)) {
            try SSHSignatureBlob(octets: octets + [0])
        }
    }

    @Test func `octets inside the signature's field are refused`() throws {
        var octets = try Fixture.blob().octets
        // The outer length of the last field is 83 octets before the end.
        octets[octets.count - 84] += 1
        let fault = WireFault(kind: .trailingOctets(count: 1), offset: 83)
        #expect(throws: SignatureError.malformed(fault)) {
            try SSHSignatureBlob(octets: octets + [0])
        }
    }

    @Test func `a namespace of another kind of statement is refused`() throws {
        let blob = try Fixture.blob()
        let error = SignatureError.wrongNamespace(
            expected: "join@commonway", actual: Fixture.namespace)
        #expect(throws: error) {
            try blob.verify(message: Fixture.message, namespace: "join@commonway")
        }
    }

    @Test func `namespaces are compared octet by octet`() throws {
        let blob = try Fixture.key().sign(message: Fixture.message, namespace: "caf\u{E9}")
        #expect(throws: SignatureError.self) {
            try blob.verify(message: Fixture.message, namespace: "cafe\u{301}")
        }
    }

    @Test func `a second spelling of the same signature is refused`() throws {
        let octets = try Fixture.blob().octets
        // S and S + L, the group's order, solve the same equation (RFC 8032 §5.1.7).
        let order = try #require(
            [UInt8](
                hexadecimal: "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"))
        var altered = octets
        var carry = 0
        for (place, octet) in order.enumerated() {
            let sum = Int(altered[octets.count - 32 + place]) + Int(octet) + carry
            altered[octets.count - 32 + place] = UInt8(sum & 0xFF)
            carry = sum >> 8
        }
        let blob = try SSHSignatureBlob(octets: altered)

        #expect(throws: SignatureError.doesNotVerify) {
            try blob.verify(message: Fixture.message, namespace: Fixture.namespace)
        }
    }

    @Test func `an empty namespace signs nothing`() throws {
        let key = try Fixture.key()
        #expect(throws: SignatureError.malformedNamespace) {
            try key.sign(message: Fixture.message, namespace: "")
        }
    }

    @Test func `a namespace without room in a blob signs nothing`() throws {
        let key = try Fixture.key()
        #expect(throws: SignatureError.self) {
            try key.sign(message: [], namespace: String(repeating: "n", count: 400))
        }
    }

    @Test func `the longest text is read and no longer`() {
        let text = String(repeating: "A", count: 1_028)
        #expect(throws: SignatureError.tooLong(limit: 1_024, actual: 1_028)) {
            try SSHSignatureBlob(base64: text)
        }
    }
}
