import SSHSignature
import Testing

@Suite("Base64 of a signature")
struct Base64Tests {
    @Test(arguments: 1...12)
    func `text of every length comes back`(namespaceOctets: Int) throws {
        let namespace = String(repeating: "n", count: namespaceOctets)
        let blob = try Fixture.key().sign(message: [], namespace: namespace)
        #expect(try SSHSignatureBlob(base64: blob.base64) == blob)
    }

    @Test func `any other character at any place is refused`() throws {
        let text = Array(try Fixture.blob().base64.utf8)
        let other = Array(" \n\r\t-_=.\u{0}".utf8)
        var accepted: [Int] = []
        for place in text.indices where text[place] != UInt8(ascii: "=") {
            for octet in other {
                var altered = text
                altered[place] = octet
                let read = try? SSHSignatureBlob(base64: String(decoding: altered, as: UTF8.self))
                if read != nil { accepted.append(place) }
            }
        }
        #expect(accepted == [])
    }

    // The fixed fields have 170 octets: these namespaces leave two and one in the last group.
    @Test(arguments: [("nnn", 1), ("nn", 2)])
    func `bits that stand for nothing must be zero`(namespace: String, padding: Int) throws {
        var text = Array(try Fixture.key().sign(message: [], namespace: namespace).base64.utf8)
        let place = text.count - 1 - padding
        try #require(text.suffix(padding).allSatisfy { $0 == UInt8(ascii: "=") })
        try #require(text[place] != UInt8(ascii: "="))
        text[place] += 1

        #expect(throws: SignatureError.notBase64) {
            try SSHSignatureBlob(base64: String(decoding: text, as: UTF8.self))
        }
    }

    @Test func `padding may not be left out`() throws {
        let blob = try Fixture.key().sign(message: [], namespace: "nn")
        let text = blob.base64.prefix { $0 != "=" }
        #expect(throws: SignatureError.notBase64) { try SSHSignatureBlob(base64: String(text)) }
    }

    @Test(arguments: ["", "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n"])
    func `armour without a signature is refused`(text: String) {
        #expect(throws: SignatureError.notArmored) { try SSHSignatureBlob(armored: text) }
    }

    @Test func `octets around the armour are refused`() throws {
        let armored = try Fixture.blob().armored
        #expect(throws: SignatureError.notArmored) { try SSHSignatureBlob(armored: "\n" + armored) }
        #expect(throws: SignatureError.notArmored) { try SSHSignatureBlob(armored: armored + "x") }
    }
}
