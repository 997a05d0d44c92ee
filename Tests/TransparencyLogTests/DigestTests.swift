import Testing
import TransparencyLog

@Suite("Digests")
struct DigestTests {
    private let digest = Digest.leaf([0x61])

    @Test func `octets, hexadecimal and base64 come back`() {
        #expect(Digest(octets: digest.octets) == digest)
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(base64: digest.base64.utf8) == digest)
    }

    @Test func `the empty hash is spelt as everybody does`() {
        let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(Digest.emptyTree.hex == hex)
        #expect(Digest.emptyTree.base64 == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    }

    @Test(arguments: [
        "", "e3", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555",
    ])
    func `another spelling of hexadecimal is refused`(text: String) {
        #expect(Digest(hex: text) == nil)
    }

    // Unused bits set, padding gone, another alphabet, white space, another length.
    @Test(arguments: [
        "", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
        "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==", "====",
    ])
    func `another spelling of base64 is refused`(text: String) {
        #expect(Digest(base64: text.utf8) == nil)
    }

    @Test(arguments: [0, 31, 33])
    func `a digest has 32 octets`(count: Int) {
        #expect(Digest(octets: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test(arguments: 0..<32)
    func `the first octet that differs decides the order`(place: Int) throws {
        var octets = [UInt8](repeating: 0x7F, count: 32)
        let middle = try #require(Digest(octets: octets))
        octets[place] = 0x80
        for later in (place + 1)..<max(place + 1, 32) { octets[later] = 0 }
        let above = try #require(Digest(octets: octets))
        #expect(middle < above)
        #expect(!(above < middle))
    }
}
