import SSHSignature
import TestKit
import Testing

@Suite("Public keys")
struct PublicKeyTests {
    /// All points whose order divides 8, in canonical form.
    static let smallOrder = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ]
    /// x = 0 has one sign; written with the other it is the same point again.
    static let zeroWithSign = [
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ]

    @Test(arguments: smallOrder + zeroWithSign)
    func `a point of small order is no key`(hex: String) throws {
        let octets = try #require([UInt8](hexadecimal: hex))
        #expect(throws: KeyError.smallOrder) { try PublicKey(octets: octets) }
    }

    @Test(arguments: UInt8(0xED)...0xFF, [UInt8(0x7F), 0xFF])
    func `a y that is not below p is no key`(lowest: UInt8, highest: UInt8) {
        let octets = [lowest] + [UInt8](repeating: 0xFF, count: 30) + [highest]
        #expect(throws: KeyError.notCanonical) { try PublicKey(octets: octets) }
    }

    @Test func `the largest y below p but one is taken`() throws {
        let octets = [0xEB] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
        #expect(try PublicKey(octets: octets).octets == octets)
    }

    @Test(arguments: [0, 31, 33, 64])
    func `a key has 32 octets`(count: Int) {
        #expect(throws: KeyError.wrongLength(octets: count)) {
            try PublicKey(octets: [UInt8](repeating: 7, count: count))
        }
    }

    @Test func `a seed gives the key of RFC 8032's first vector`() throws {
        // §7.1, test 1.
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
        let point = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        let key = try PrivateKey(seed: try #require([UInt8](hexadecimal: seed)))
        #expect(key.publicKey.octets.hexadecimal == point)
    }

    @Test(arguments: ["", " ", " ana@home", " a comment of several words", "\n", " ana\r\n"])
    func `a comment and a newline change nothing`(tail: String) throws {
        let key = try Fixture.key().publicKey
        #expect(try PublicKey(openSSHLine: key.openSSHText + tail) == key)
    }

    @Test(arguments: [
        "", "ssh-ed25519", "ssh-ed25519 ", " ssh-ed25519 AAAA",
        "ssh-ed25519 AAAA\nssh-ed25519 AAAA",
        "ssh-ed25519\tAAAA", "ssh-ed25519 AAAA \u{7F}",
    ])
    func `what is no key line is refused`(line: String) {
        #expect(throws: KeyError.notAPublicKeyLine) { try PublicKey(openSSHLine: line) }
    }

    @Test func `options before the key are refused`() throws {
        let line = "restrict " + (try Fixture.key().publicKey.openSSHText)
        #expect(throws: KeyError.unsupportedKeyType("restrict")) {
            try PublicKey(openSSHLine: line)
        }
    }

    @Test func `a line has a limit`() throws {
        let line = try Fixture.key().publicKey.openSSHText + String(repeating: " ", count: 4_096)
        #expect(throws: KeyError.tooLong(limit: 4_096, actual: line.utf8.count)) {
            try PublicKey(openSSHLine: line)
        }
    }

    @Test(arguments: 0..<51)
    func `a key that is cut off is refused`(count: Int) throws {
        let text = try Fixture.key().publicKey.openSSHText
        let cut = String(text.prefix("ssh-ed25519 ".count + count / 3 * 4))
        #expect(throws: KeyError.self) { try PublicKey(openSSHLine: cut) }
    }

    @Test func `octets after the key are refused`() throws {
        let text = try Fixture.key().publicKey.openSSHText + "AAAA"
        let fault = WireFault(kind: .trailingOctets(count: 3), offset: 51)
        #expect(throws: KeyError.malformed(fault)) { try PublicKey(openSSHLine: text) }
    }
}
