import SSHSignature
import TestKit
import Testing

@Suite("Key files beside ssh-keygen")
struct KeygenKeyTests {
    private let keygen: SSHKeygen

    init() throws {
        keygen = try SSHKeygen()
    }

    // A comment of each length, so that the padding takes all its lengths.
    @Test(arguments: 0..<8)
    func `we read the key files of ssh-keygen`(commentOctets: Int) async throws {
        let comment = String(repeating: "c", count: commentOctets)
        _ = try await keygen.run("-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", "id")

        let key = try PrivateKey(openSSHFile: try keygen.read("id"))

        #expect(key.publicKey == (try PublicKey(openSSHLine: try keygen.read("id.pub"))))
    }

    @Test(arguments: 0..<8)
    func `ssh-keygen reads the key files that we write`(commentOctets: Int) async throws {
        let key = try Fixture.key()
        let comment = String(repeating: "c", count: commentOctets)
        try keygen.write(key.openSSHFile(checkInteger: 0x1234_5678, comment: comment), to: "id")

        let outcome = try await keygen.run("-y", "-f", "id")

        let line = [key.publicKey.openSSHText, comment].filter { !$0.isEmpty }
        #expect(outcome.outputText == line.joined(separator: " ") + "\n")
    }

    @Test func `what we write we read`() throws {
        let key = try Fixture.key()
        let file = key.openSSHFile(checkInteger: 7, comment: "ana@home")

        #expect(try PrivateKey(openSSHFile: file).publicKey == key.publicKey)
    }

    @Test func `lines may end in CR LF`() throws {
        let key = try Fixture.key()
        let file = key.openSSHFile(checkInteger: 7, comment: "").split(
            separator: "\n", omittingEmptySubsequences: false
        ).joined(separator: "\r\n")

        #expect(try PrivateKey(openSSHFile: file).publicKey == key.publicKey)
    }

    @Test func `a key with a passphrase is refused with the reason`() async throws {
        try await keygen.makeKey("id", passphrase: "five green boats")
        let file = try keygen.read("id")

        #expect(throws: KeyError.encrypted(cipher: "aes256-ctr")) {
            try PrivateKey(openSSHFile: file)
        }
    }

    @Test(arguments: [("rsa", "ssh-rsa"), ("ecdsa", "ecdsa-sha2-nistp256")])
    func `another type of key is refused by name`(type: String, name: String) async throws {
        try await keygen.makeKey("id", type: type)
        let file = try keygen.read("id")
        let line = try keygen.read("id.pub")

        #expect(throws: KeyError.unsupportedKeyType(name)) { try PrivateKey(openSSHFile: file) }
        #expect(throws: KeyError.unsupportedKeyType(name)) { try PublicKey(openSSHLine: line) }
    }

    @Test func `the fingerprint is what ssh-keygen prints`() async throws {
        try await keygen.makeKey("id")
        let key = try PublicKey(openSSHLine: try keygen.read("id.pub"))

        let outcome = try await keygen.run("-l", "-f", "id.pub")

        #expect(outcome.outputText.split(separator: " ")[1] == key.fingerprint)
    }

    @Test func `a key file with any octet of it altered gives no other key`() throws {
        let key = try Fixture.key()
        let lines = key.openSSHFile(checkInteger: 7, comment: "ana").split(separator: "\n")
        let body = Array(lines.dropFirst().dropLast().joined().utf8)
        var others: [Int] = []
        for place in body.indices {
            var altered = body
            altered[place] = altered[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : 0x41
            let text = String(decoding: altered, as: UTF8.self)
            let read = try? PrivateKey(openSSHFile: "\(lines[0])\n\(text)\n\(lines.last ?? "")\n")
            if let read, read.publicKey != key.publicKey { others.append(place) }
        }

        #expect(others == [])
    }
}
