import SSHSignature
import TestKit
import Testing

@Suite("Signatures beside ssh-keygen")
struct KeygenSignatureTests {
    private let keygen: SSHKeygen

    init() throws {
        keygen = try SSHKeygen()
    }

    @Test(arguments: [0, 1, 117, 5_000])
    func `ssh-keygen verifies what we sign`(messageOctets: Int) async throws {
        let key = try Fixture.key()
        let message = [UInt8](repeating: 0x7B, count: messageOctets)
        let blob = try key.sign(message: message, namespace: Fixture.namespace)
        try keygen.write(blob.armored, to: "f.sig")
        try keygen.write("ana \(key.publicKey.openSSHText)\n", to: "allowed")

        let outcome = try await keygen.run(
            "-Y", "verify", "-f", "allowed", "-I", "ana", "-n", Fixture.namespace, "-s", "f.sig",
            input: message)

        #expect(outcome.ending == .exited(0), "\(outcome.errorText)")
    }

    @Test func `ssh-keygen refuses ours for another namespace`() async throws {
        let key = try Fixture.key()
        let blob = try key.sign(message: Fixture.message, namespace: Fixture.namespace)
        try keygen.write(blob.armored, to: "f.sig")
        try keygen.write("ana \(key.publicKey.openSSHText)\n", to: "allowed")

        let outcome = try await keygen.run(
            "-Y", "verify", "-f", "allowed", "-I", "ana", "-n", "join@commonway", "-s", "f.sig",
            input: Fixture.message)

        #expect(outcome.ending != .exited(0))
    }

    @Test func `we verify what ssh-keygen signs`() async throws {
        try await keygen.makeKey("id")
        let signed = try await keygen.run(
            "-Y", "sign", "-f", "id", "-n", Fixture.namespace, input: Fixture.message)
        let publicKey = try PublicKey(openSSHLine: try keygen.read("id.pub"))
        let blob = try SSHSignatureBlob(armored: signed.outputText)

        #expect(
            try blob.verify(message: Fixture.message, namespace: Fixture.namespace) == publicKey)
    }

    @Test func `a key with a passphrase signs through ssh-keygen`() async throws {
        try await keygen.makeKey("id", passphrase: "five green boats")
        let publicKey = try PublicKey(openSSHLine: try keygen.read("id.pub"))
        try keygen.write("#!/bin/sh\necho 'five green boats'\n", to: "askpass", isExecutable: true)
        try keygen.write(String(decoding: Fixture.message, as: UTF8.self), to: "stmt")

        let outcome = try await keygen.run(
            "-Y", "sign", "-f", "id", "-n", Fixture.namespace, "stmt",
            environment: ["SSH_ASKPASS": "./askpass", "SSH_ASKPASS_REQUIRE": "force"])
        try #require(outcome.ending == .exited(0), "\(outcome.errorText)")
        let blob = try SSHSignatureBlob(armored: try keygen.read("stmt.sig"))

        #expect(
            try blob.verify(message: Fixture.message, namespace: Fixture.namespace) == publicKey)
    }

    @Test func `one key makes octet by octet the file that ssh-keygen makes`() async throws {
        try await keygen.makeKey("id")
        let key = try PrivateKey(openSSHFile: try keygen.read("id"))
        let theirs = try await keygen.run(
            "-Y", "sign", "-f", "id", "-n", Fixture.namespace, input: Fixture.message)

        let ours = try key.sign(message: Fixture.message, namespace: Fixture.namespace)

        #expect(ours.armored == theirs.outputText)
    }

    @Test func `a signature over a sha256 of the message is refused by name`() async throws {
        try await keygen.makeKey("id")
        let signed = try await keygen.run(
            "-Y", "sign", "-f", "id", "-n", Fixture.namespace, "-O", "hashalg=sha256",
            input: Fixture.message)
        let armored = signed.outputText

        #expect(throws: SignatureError.unsupportedHash("sha256")) {
            try SSHSignatureBlob(armored: armored)
        }
    }

    @Test func `another type of key is refused by name`() async throws {
        try await keygen.makeKey("id", type: "ecdsa")
        let signed = try await keygen.run(
            "-Y", "sign", "-f", "id", "-n", Fixture.namespace, input: Fixture.message)
        let armored = signed.outputText

        #expect(
            throws: SignatureError.key(.unsupportedKeyType("ecdsa-sha2-nistp256"))
        ) {
            try SSHSignatureBlob(armored: armored)
        }
    }
}
