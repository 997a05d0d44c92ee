import TestKit
import Testing
import TransparencyLog

@Suite("Signed notes")
struct NoteTests {
    /// The page's vector: a key and a note that other software made.
    enum Vector {
        static let key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
        static let text = "This is an example message.\n"
        static let line =
            "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYj"
            + "OBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
        static var note: String { text + "\n" + line }
    }

    private func key() throws -> VerifierKey { try VerifierKey(text: Vector.key) }

    private func read(_ text: String) throws -> SignedNote {
        try SignedNote(octets: Array(text.utf8))
    }

    @Test func `the vector verifies`() throws {
        let note = try read(Vector.note)
        #expect(try note.verify(with: [key()]) == [key()])
        #expect(note.text == Vector.text)
        #expect(note.octets == Array(Vector.note.utf8))
    }

    @Test func `every flipped bit of the vector is refused`() throws {
        let octets = Array(Vector.note.utf8)
        let key = try key()
        var accepted: [Int] = []
        for bit in 0..<(octets.count * 8) {
            let altered = octets.flipping(bit: bit)
            if (try? SignedNote(octets: altered).verify(with: [key])) != nil {
                accepted.append(bit)
            }
        }
        #expect(accepted == [])
    }

    @Test func `the last empty line divides`() throws {
        let signer = try Fixture.signer()
        let text = "a text\n\nwith empty lines\n\n\n— like a signature line\n"
        let note = try SignedNote(text: text, signers: [signer])
        let read = try SignedNote(octets: note.octets)
        #expect(read.text == text)
        try read.verify(with: [signer.verifier])
    }

    @Test func `lines by unknown keys are left alone`() throws {
        let signer = try Fixture.signer()
        let stranger = try Fixture.signer(name: "stranger.example", seed: 9)
        let namesake = try Fixture.signer(seed: 10)
        let note = try SignedNote(text: "text\n", signers: [stranger, signer, namesake])
        #expect(
            try SignedNote(octets: note.octets).verify(with: [signer.verifier]) == [signer.verifier]
        )
    }

    @Test func `a note by unknown keys alone is refused`() throws {
        let stranger = try Fixture.signer(seed: 9)
        let note = try SignedNote(text: "text\n", signers: [stranger])
        let known = try Fixture.signer().verifier
        #expect(throws: NoteError.noKnownSignature) { try note.verify(with: [known]) }
        #expect(throws: NoteError.noKnownSignature) { try note.verify(with: []) }
    }

    @Test func `a bad line by a known key refuses the note that another one signed`() throws {
        let (first, second) = (try Fixture.signer(), try Fixture.signer(name: "b", seed: 2))
        let good = try SignedNote(text: "text\n", signers: [first, second])
        let other = try SignedNote(text: "other\n", signers: [second])
        let lines = String(decoding: good.octets, as: UTF8.self).split(separator: "\n")
        let bad = String(decoding: other.octets, as: UTF8.self).split(separator: "\n")
        let note = try read("text\n\n\(lines[1])\n\(bad[1])\n")

        #expect(throws: NoteError.wrongSignature(key: "b")) {
            try note.verify(with: [first.verifier, second.verifier])
        }
        #expect(try note.verify(with: [first.verifier]) == [first.verifier])
    }

    @Test func `a second line by a known key must be good too`() throws {
        let signer = try Fixture.signer()
        let good = try SignedNote(text: "text\n", signers: [signer])
        let other = try SignedNote(text: "other\n", signers: [signer])
        let bad = String(decoding: other.octets, as: UTF8.self).split(separator: "\n")[1]
        let note = try read(String(decoding: good.octets, as: UTF8.self) + bad + "\n")

        #expect(throws: NoteError.wrongSignature(key: signer.verifier.name)) {
            try note.verify(with: [signer.verifier])
        }
    }

    @Test(arguments: [16, 17, 64])
    func `many lines are read`(count: Int) throws {
        let signers = try (1...count).map { number in
            try Fixture.signer(name: "w\(number)", seed: UInt8(number))
        }
        let note = try SignedNote(
            octets: try SignedNote(text: "text\n", signers: signers).octets)
        #expect(note.signatures.count == count)
        #expect(try note.verify(with: signers.map(\.verifier)).count == count)
    }

    @Test(arguments: [65, 1_000])
    func `more lines than the limit are refused`(count: Int) throws {
        let octets = Array((Vector.note + String(repeating: Vector.line, count: count - 1)).utf8)
        #expect(throws: NoteError.tooManySignatures(limit: 64)) { try SignedNote(octets: octets) }
    }

    @Test func `a note beyond the limit is refused`() {
        let octets = [UInt8](repeating: 0x61, count: 262_145)
        #expect(throws: NoteError.tooLong(limit: 262_144, actual: 262_145)) {
            try SignedNote(octets: octets)
        }
    }

    @Test(arguments: [
        "", "\n", "\n\n", "text\n", "text\n\n", "text\n\n\n", "text\n— a AAAAAAAA\n",
        "text\n\n— a AAAAAAA=",
    ])
    func `what has no empty line and signatures is no note`(text: String) {
        #expect(throws: NoteError.noSignatures) { try read(text) }
    }

    @Test(arguments: [
        "text\n\n- a AAAAAAA=\n", "text\n\n—a AAAAAAA=\n", "text\n\n— AAAAAAA=\n",
        "text\n\n—  AAAAAAA=\n", "text\n\n— a  AAAAAAA=\n", "text\n\n— a AAAAAAA= \n",
        "text\n\n— a AAAAAA==\n", "text\n\n— a AAAAAAB=\n", "text\n\n— a AAAAAAA\n",
        "text\n\n— a+b AAAAAAA=\n", "text\n\n— a\u{A0}b AAAAAAA=\n", "text\n\n— a \n",
    ])
    func `a line of another form is refused`(text: String) {
        #expect(throws: NoteError.malformedSignatureLine(0)) { try read(text) }
    }

    @Test(arguments: ["te\u{0}xt", "te\rxt", "te\txt", "te\u{7F}xt"])
    func `control octets are refused`(text: String) throws {
        #expect(throws: NoteError.notText) { try read("\(text)\n\n\(Vector.line)") }
        let signer = try Fixture.signer()
        #expect(throws: NoteError.notText) {
            try SignedNote(text: "\(text)\n", signers: [signer])
        }
    }

    @Test func `octets that are no UTF-8 are refused`() {
        let octets = [0xFF, 0x0A, 0x0A] + Array(Vector.line.utf8)
        #expect(throws: NoteError.notText) { try SignedNote(octets: octets) }
    }

    @Test func `a text that ends without a newline is not signed`() throws {
        let signer = try Fixture.signer()
        #expect(throws: NoteError.textUnfinished) {
            try SignedNote(text: "text", signers: [signer])
        }
    }
}
