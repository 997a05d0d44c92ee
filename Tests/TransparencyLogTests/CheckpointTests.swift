import Testing
import TransparencyLog

@Suite("Checkpoints")
struct CheckpointTests {
    private let checkpoint = Checkpoint(
        origin: Fixture.origin, size: 13, root: Fixture.tree(13).root)

    @Test func `the text is three lines`() {
        #expect(checkpoint.text == "gw.example.org/log\n13\n\(checkpoint.root.base64)\n")
    }

    @Test func `what is signed is read again`() throws {
        let signer = try Fixture.signer()
        let signed = try checkpoint.signed(by: signer)
        let read = try SignedCheckpoint(octets: signed.note.octets, key: signer.verifier)
        #expect(read == signed)
        #expect(read.checkpoint == checkpoint)
    }

    @Test func `lines by witnesses are left alone`() throws {
        let signer = try Fixture.signer()
        let witness = try Fixture.signer(name: "witness.example", seed: 7)
        let note = try SignedNote(text: checkpoint.text, signers: [signer, witness])
        let read = try SignedCheckpoint(octets: note.octets, key: signer.verifier)
        #expect(read.checkpoint == checkpoint)
        #expect(read.note.octets == note.octets)
    }

    @Test func `another log's key signs nothing here`() throws {
        let signer = try Fixture.signer(name: "other.example/log")
        let error = CheckpointError.wrongOrigin(
            expected: "other.example/log", actual: Fixture.origin)
        #expect(throws: error) { try checkpoint.signed(by: signer) }
    }

    @Test func `another origin under the right key is refused`() throws {
        let signer = try Fixture.signer()
        let text = "other.example/log\n13\n\(checkpoint.root.base64)\n"
        let note = try SignedNote(text: text, signers: [signer])
        let error = CheckpointError.wrongOrigin(
            expected: Fixture.origin, actual: "other.example/log")
        #expect(throws: error) {
            try SignedCheckpoint(octets: note.octets, key: signer.verifier)
        }
    }

    @Test func `a checkpoint under an unknown key is refused`() throws {
        let signed = try checkpoint.signed(by: try Fixture.signer())
        let stranger = try Fixture.signer(seed: 2).verifier
        #expect(throws: CheckpointError.note(.noKnownSignature)) {
            try SignedCheckpoint(octets: signed.note.octets, key: stranger)
        }
    }

    @Test func `extension lines are read over`() throws {
        #expect(try Checkpoint(text: checkpoint.text + "one more\n") == checkpoint)
    }

    @Test(arguments: ["", "-1", "+1", "01", "1 ", " 1", "1.0", "0x1", "9223372036854775808"])
    func `a size has one spelling`(size: String) {
        let text = "origin\n\(size)\n\(checkpoint.root.base64)\n"
        #expect(throws: CheckpointError.malformed(line: 1)) { try Checkpoint(text: text) }
    }

    @Test(arguments: [0, 1, 9, 10, 9_223_372_036_854_775_807])
    func `sizes up to 2^63−1 are read`(size: Int) throws {
        let text = "origin\n\(size)\n\(checkpoint.root.base64)\n"
        #expect(try Checkpoint(text: text).size == size)
    }

    @Test(arguments: [
        ("\n13\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", 0),
        ("or igin\n13\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", 0),
        ("origin\n13\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n", 2),
        ("origin\n13\n\n", 2),
        ("origin\n13\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nmore\n", 3),
        ("origin\n13\n", 2), ("", 0),
    ])
    func `another text is refused with its line`(text: String, line: Int) {
        #expect(throws: CheckpointError.malformed(line: line)) { try Checkpoint(text: text) }
    }
}
