import Testing
import TransparencyLog

@Suite("Keys of notes")
struct NoteKeyTests {
    @Test func `the vector's text comes back`() throws {
        #expect(try VerifierKey(text: NoteTests.Vector.key).text == NoteTests.Vector.key)
    }

    @Test func `only the first two plus signs divide`() throws {
        // This seed's public key has a plus sign in its base64.
        let keys = try (1...20).map { try Fixture.signer(seed: $0).verifier }
        let key = try #require(
            keys.first { key in key.text.split(separator: "+", maxSplits: 2)[2].contains("+") })
        #expect(try VerifierKey(text: key.text) == key)
    }

    @Test func `a private key comes back with its public key`() throws {
        let signer = try Fixture.signer()
        for text in [signer.text, signer.text + "\n"] {
            let read = try SignerKey(text: text)
            #expect(read.verifier == signer.verifier)
            #expect(read.text == signer.text)
        }
    }

    @Test func `a private key is spelt as Go does`() throws {
        // From the documentation of golang.org/x/mod/sumdb/note.
        let text =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
        let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        #expect(try SignerKey(text: text).verifier.text == key)
        #expect(try SignerKey(text: text).text == text)
    }

    @Test(arguments: [
        ("", NoteKeyError.notAKey), ("name", .notAKey), ("name+530d903a", .notAKey),
        ("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformedName),
        ("a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformedName),
        ("a+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformedKeyID),
        ("a+530d903+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformedKeyID),
        ("a+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2", .notBase64),
        ("a+530d903a+", .wrongLength(octets: 0)),
        ("a+530d903a+AekyeRrm", .wrongLength(octets: 5)),
        (
            "a+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            .unsupportedType(4, expected: 1)
        ),
        (
            "a+530d903a+BukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            .unsupportedType(6, expected: 1)
        ),
    ])
    func `another text is refused with the reason`(text: String, error: NoteKeyError) {
        #expect(throws: error) { try VerifierKey(text: text) }
    }

    @Test func `a hash that is not the key's is refused`() {
        let text = NoteTests.Vector.key.replacing("530d903a", with: "530d903b")
        #expect(throws: NoteKeyError.wrongKeyID(computed: "530d903a", actual: "530d903b")) {
            try VerifierKey(text: text)
        }
    }

    @Test func `a public key is no private key`() {
        #expect(throws: NoteKeyError.notAKey) { try SignerKey(text: NoteTests.Vector.key) }
    }
}
