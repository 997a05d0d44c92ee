import Crypto
import Ed25519
import TestKit
import Testing

@Suite("Ed25519 verification")
struct VerificationTests {
    private static let message = Array("a ballot".utf8)
    /// The public key of the seed 00 01 … 1F.
    private static let key = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
    /// Its signature of the message, made in Python from the text of RFC 8032 alone.
    private static let signature =
        "4ce2bfd16ee6437b140a1746697fc12dcfb71b4882d5cb39f1a726e0a3eaa1bb"
        + "494921c669450912cc2eb8ad5ec895f5c279b0b5c4d916faeaf4b5286c5ae608"
    /// The same with S + L, the order of the group, in place of S.
    private static let unreduced =
        "4ce2bfd16ee6437b140a1746697fc12dcfb71b4882d5cb39f1a726e0a3eaa1bb"
        + "361d172384a81b6aa2cbaf503dc2740ac379b0b5c4d916faeaf4b5286c5ae618"
    /// Made with the private key, but with the identity as R: it satisfies the equation.
    private static let identityR =
        "0100000000000000000000000000000000000000000000000000000000000000"
        + "28b7bccbe2c3e1dd11382c696981028c0993004e30fb2a19f541805c9e17360f"

    private func verifies(
        _ signature: String, of message: [UInt8] = message, by key: String = key
    ) throws -> Bool {
        Ed25519.verifies(
            try #require([UInt8](hexadecimal: signature)), of: message,
            by: try #require([UInt8](hexadecimal: key)))
    }

    private func boringSSLVerifies(_ signature: String) throws -> Bool {
        let key = try Curve25519.Signing.PublicKey(
            rawRepresentation: try #require([UInt8](hexadecimal: Self.key)))
        return key.isValidSignature(
            try #require([UInt8](hexadecimal: signature)), for: Self.message)
    }

    /// RFC 8032, §7.1, tests 1 to 3.
    @Test(arguments: [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e"
                + "39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f"
                + "3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67"
                + "f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ])
    func `the signatures of the RFC verify`(
        key: String, message: String, signature: String
    ) throws {
        let octets = try #require([UInt8](hexadecimal: message))
        #expect(try verifies(signature, of: octets, by: key))
    }

    @Test func `what another library signs verifies, whatever its length`() throws {
        let signer = Curve25519.Signing.PrivateKey()
        let key = Array(signer.publicKey.rawRepresentation)
        for count in [0, 1, 63, 64, 127, 128, 4_096] {
            let message = [UInt8](repeating: 7, count: count)
            let signature = Array(try signer.signature(for: message))
            #expect(Ed25519.verifies(signature, of: message, by: key))
        }
    }

    @Test func `no altered bit of signature, message or key is overlooked`() throws {
        let signature = try #require([UInt8](hexadecimal: Self.signature))
        let key = try #require([UInt8](hexadecimal: Self.key))
        #expect(Ed25519.verifies(signature, of: Self.message, by: key))
        for bit in 0..<8 * signature.count {
            #expect(!Ed25519.verifies(flipped(signature, bit), of: Self.message, by: key))
        }
        for bit in 0..<8 * Self.message.count {
            #expect(!Ed25519.verifies(signature, of: flipped(Self.message, bit), by: key))
        }
        for bit in 0..<8 * key.count {
            #expect(!Ed25519.verifies(signature, of: Self.message, by: flipped(key, bit)))
        }
    }

    private func flipped(_ octets: [UInt8], _ bit: Int) -> [UInt8] {
        var octets = octets
        octets[bit / 8] ^= 1 << (bit % 8)
        return octets
    }

    @Test(arguments: [0, 1, 63, 65, 128])
    func `a signature of another length is none`(count: Int) throws {
        let signature = try #require([UInt8](hexadecimal: Self.signature))
        let other = Array((signature + signature).prefix(count))
        let key = try #require([UInt8](hexadecimal: Self.key))
        #expect(!Ed25519.verifies(other, of: Self.message, by: key))
    }

    @Test(arguments: [0, 31, 33])
    func `a key of another length is none`(count: Int) throws {
        let signature = try #require([UInt8](hexadecimal: Self.signature))
        let key = try #require([UInt8](hexadecimal: Self.key + "00"))
        #expect(!Ed25519.verifies(signature, of: Self.message, by: Array(key.prefix(count))))
    }

    @Test func `a second spelling of a signature does not verify`() throws {
        #expect(try verifies(Self.signature))
        #expect(try !verifies(Self.unreduced))
    }

    /// Two verifiers of one log must not differ: what libsodium refuses here, BoringSSL takes.
    @Test func `a signature with a point of small order does not verify`() throws {
        #expect(try boringSSLVerifies(Self.identityR))
        #expect(try !verifies(Self.identityR))
    }

    /// Under the identity as key, one signature would fit every message.
    @Test func `a key of small order verifies nothing`() throws {
        let identity = "01" + String(repeating: "00", count: 31)
        let constant = identity + String(repeating: "00", count: 32)
        #expect(try !verifies(constant, by: identity))
    }
}
