import TestKit
import Testing
import TransparencyLog

@Suite("Receipts")
struct LogProofTests {
    private let tree = Fixture.tree(13)

    private func proof(_ index: Int, extra: [UInt8]? = nil) throws -> LogProof {
        let checkpoint = Checkpoint(origin: Fixture.origin, size: 13, root: tree.root)
        return LogProof(
            inclusion: try tree.inclusionProof(index: index, size: 13),
            checkpoint: try checkpoint.signed(by: try Fixture.signer()), extra: extra)
    }

    @Test(arguments: 0..<13)
    func `every entry's receipt comes back and holds`(index: Int) throws {
        let proof = try proof(index)
        let read = try LogProof(octets: proof.octets)
        #expect(read == proof)
        let key = try Fixture.signer().verifier
        let signed = try read.verify(entry: Reference.entry(index), key: key)
        #expect(signed.checkpoint.size == 13)
    }

    @Test(arguments: [[], [0xFF, 0x00]] as [[UInt8]])
    func `what the writer added comes back`(extra: [UInt8]) throws {
        let proof = try proof(7, extra: extra)
        #expect(try LogProof(octets: proof.octets).extra == extra)
        #expect(try LogProof(octets: proof.octets).octets == proof.octets)
    }

    @Test func `the file is text, line by line`() throws {
        let lines = String(decoding: try proof(12).octets, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        let path = try tree.inclusionProof(index: 12, size: 13).path
        #expect(lines[0] == "c2sp.org/tlog-proof@v1")
        #expect(lines[1] == "index 12")
        #expect(lines[2..<(2 + path.count)].map(String.init) == path.map(\.base64))
        #expect(lines[2 + path.count] == "")
        #expect(lines[3 + path.count] == "gw.example.org/log")
    }

    @Test func `every flipped bit of a receipt is refused`() throws {
        let octets = try proof(12).octets
        let key = try Fixture.signer().verifier
        var accepted: [Int] = []
        for bit in 0..<(octets.count * 8) {
            let altered = octets.flipping(bit: bit)
            let signed = try? LogProof(octets: altered)
                .verify(entry: Reference.entry(12), key: key)
            if signed != nil { accepted.append(bit) }
        }
        #expect(accepted == [])
    }

    @Test func `another entry is not what the receipt proves`() throws {
        let proof = try proof(12)
        let key = try Fixture.signer().verifier
        #expect(throws: LogProofError.self) {
            try proof.verify(entry: Reference.entry(11), key: key)
        }
    }

    @Test(arguments: [
        ("", 0), ("c2sp.org/tlog-proof@v2\nindex 0\n\n", 0), ("c2sp.org/tlog-proof@v1\n", 0),
        ("c2sp.org/tlog-proof@v1\nindex 01\n\n", 1), ("c2sp.org/tlog-proof@v1\nextra !\n", 1),
        ("c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n", 2),
    ])
    func `another text is refused with its line`(text: String, line: Int) {
        #expect(throws: LogProofError.malformed(line: line)) {
            try LogProof(octets: Array(text.utf8))
        }
    }

    @Test func `more hashes than a tree is high are refused`() throws {
        let line = Digest.emptyTree.base64 + "\n"
        let text = "c2sp.org/tlog-proof@v1\nindex 0\n" + String(repeating: line, count: 64)
        #expect(throws: LogProofError.malformed(line: 65)) {
            try LogProof(octets: Array(text.utf8))
        }
    }
}

@Suite("Acknowledgements")
struct AcknowledgementTests {
    private let promise = Acknowledgement(
        origin: Fixture.origin, statement: .leaf([0x61]), time: 1_700_000_000_000)

    @Test func `what is promised comes back`() throws {
        let signer = try Fixture.signer()
        let note = try promise.signed(by: signer)
        #expect(note.text.hasPrefix("commonway-ack/v1\ngw.example.org/log\n"))
        #expect(try Acknowledgement(octets: note.octets, key: signer.verifier) == promise)
    }

    @Test func `a checkpoint promises nothing, a promise is no checkpoint`() throws {
        let signer = try Fixture.signer()
        let checkpoint = Checkpoint(origin: Fixture.origin, size: 0, root: .emptyTree)
        let note = try checkpoint.signed(by: signer).note
        #expect(throws: CheckpointError.malformed(line: 0)) {
            try Acknowledgement(octets: note.octets, key: signer.verifier)
        }
        let promised = try promise.signed(by: signer)
        #expect(throws: CheckpointError.malformed(line: 1)) {
            try SignedCheckpoint(octets: promised.octets, key: signer.verifier)
        }
    }

    @Test(arguments: [
        ("commonway-ack/v2\no\n\(Digest.emptyTree.base64)\n1\n", 0),
        ("commonway-ack/v1\no\nAAAA\n1\n", 2),
        ("commonway-ack/v1\no\n\(Digest.emptyTree.base64)\n01\n", 3),
        ("commonway-ack/v1\no\n\(Digest.emptyTree.base64)\n1\nmore\n", 5),
    ])
    func `another text is refused with its line`(text: String, line: Int) throws {
        let signer = try Fixture.signer(name: "o")
        let note = try SignedNote(text: text, signers: [signer])
        #expect(throws: CheckpointError.malformed(line: line)) {
            try Acknowledgement(octets: note.octets, key: signer.verifier)
        }
    }
}
