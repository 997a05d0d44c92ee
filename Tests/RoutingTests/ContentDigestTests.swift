import Routing
import Testing

@Suite struct ContentDigests {
    /// FIPS 180-4's example for the message `abc`.
    private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test func `the digest of abc is the standard's`() {
        #expect(ContentDigest(of: Array("abc".utf8)).hex == Self.abc)
    }

    @Test func `hexadecimal digits and octets read back to the same digest`() throws {
        let digest = try #require(ContentDigest(hex: Self.abc))
        #expect(digest.hex == Self.abc)
        #expect(digest.octets.count == 32)
        #expect(ContentDigest(octets: digest.octets) == digest)
        #expect(Set([digest, ContentDigest(of: Array("abc".utf8))]).count == 1)
    }

    @Test(arguments: 0..<32)
    func `each octet has its two digits`(place: Int) throws {
        for octet in UInt8.min...UInt8.max {
            var octets = [UInt8](repeating: 0, count: 32)
            octets[place] = octet
            let digits = octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            #expect(try #require(ContentDigest(octets: octets)).hex == digits)
        }
    }

    @Test(arguments: [
        "", "ba78", abc.uppercased(), abc + "0", String(abc.dropLast()), "g" + abc.dropFirst(),
        String(repeating: "é", count: 32),
    ])
    func `another spelling is refused`(text: String) {
        #expect(ContentDigest(hex: text) == nil)
    }

    @Test(arguments: [0, 31, 33])
    func `another length is refused`(count: Int) {
        #expect(ContentDigest(octets: [UInt8](repeating: 7, count: count)) == nil)
    }

    @Test(arguments: 0..<32)
    func `the order is that of the octets`(place: Int) throws {
        var octets = [UInt8](repeating: 0x7F, count: 32)
        let low = try #require(ContentDigest(octets: octets))
        octets[place] = 0x80
        let high = try #require(ContentDigest(octets: octets))
        #expect(low < high)
        #expect(!(high < low))
        #expect(low.hex < high.hex)
    }
}
