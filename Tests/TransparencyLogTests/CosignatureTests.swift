import Foundation
import TestKit
import Testing
import TransparencyLog

@Suite("Cosignatures")
struct CosignatureTests {
    private static let time = 1_679_315_147

    private func witness(_ name: String = "witness.example/w1", seed: UInt8 = 21) throws
        -> WitnessSigner
    {
        try WitnessSigner(name: name, seed: [UInt8](repeating: seed, count: 32))
    }

    private func checkpoint(_ size: Int = 7) throws -> SignedCheckpoint {
        let tree = Fixture.tree(size)
        return try Checkpoint(origin: Fixture.origin, size: size, root: tree.root)
            .signed(by: try Fixture.signer())
    }

    private func cosigned(_ witnesses: [WitnessSigner]) throws -> SignedNote {
        let checkpoint = try checkpoint()
        let lines = try witnesses.map { try $0.cosign(checkpoint, time: Self.time) }
        return checkpoint.cosigned(keeping: [try Fixture.signer().verifier], lines).note
    }

    @Test func `a witness's cosignature verifies, with its time`() throws {
        let witness = try witness()
        let note = try SignedNote(octets: try cosigned([witness]).octets)
        let found = try note.cosignatures(by: [witness.witness])
        #expect(found.map(\.key) == [witness.witness])
        #expect(found.map(\.time) == [Self.time])
        // The log's own line stays, and is still the log's.
        #expect(try note.verify(with: [Fixture.signer().verifier]).count == 1)
    }

    @Test func `the vector verifies`() throws {
        // Made with Python's cryptography from the text of C2SP tlog-cosignature alone.
        let note = try SignedNote(octets: Array(CosignatureVector.note.utf8))
        let key = try WitnessKey(text: CosignatureVector.key)
        #expect(try note.cosignatures(by: [key]).map(\.time) == [Self.time])
        let signer = try WitnessSigner(text: CosignatureVector.privateKey)
        #expect(signer.witness == key)
        let log = try VerifierKey(text: CosignatureVector.logKey)
        let signed = try SignedCheckpoint(octets: note.octets, key: log)
        #expect(
            try signer.cosign(signed, time: Self.time).line == CosignatureVector.witnessLine)
    }

    @Test func `every flipped bit of the vector is refused or no cosignature`() throws {
        let octets = Array(CosignatureVector.note.utf8)
        let key = try WitnessKey(text: CosignatureVector.key)
        let accepted = (0..<(octets.count * 8)).filter { bit in
            let note = try? SignedNote(octets: octets.flipping(bit: bit))
            // Flips in the log's own line are the log's key's to find, and the empty answer says
            // that nobody cosigned.
            guard let found = try? note?.cosignatures(by: [key]) else { return false }
            return !found.isEmpty && note?.text != CosignatureVector.text
        }
        #expect(accepted == [])
        let line = Array(CosignatureVector.witnessLine.utf8)
        let taken = (0..<(line.count * 8)).filter { bit in
            let text = Array(CosignatureVector.text.utf8) + [0x0A] + line.flipping(bit: bit)
            let note = try? SignedNote(octets: text)
            return (try? note?.cosignatures(by: [key]))?.isEmpty == false
        }
        #expect(taken == [])
    }

    @Test func `openssl accepts what we sign`() async throws {
        let folder = try TemporaryFolder()
        let witness = try witness()
        let checkpoint = try checkpoint()
        let octets = try witness.cosign(checkpoint, time: Self.time).octets
        let message = "cosignature/v1\ntime \(Self.time)\n" + checkpoint.note.text
        // RFC 8410: the fixed head of a public Ed25519 key, then the key.
        let der: [UInt8] =
            [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
            + witness.witness.octets
        let result = try await CommandResult.of(
            "openssl",
            [
                "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey",
                try folder.write(der, to: "key.der"), "-rawin", "-in",
                try folder.write(message, to: "message"), "-sigfile",
                try folder.write(Array(octets.dropFirst(8)), to: "signature"),
            ])
        #expect(result.ending == .exited(0), "\(result.errorText)")
        #expect(octets.prefix(8) == [0, 0, 0, 0, 0x64, 0x18, 0x50, 0xCB])
    }

    @Test func `we accept what openssl signs`() async throws {
        let folder = try TemporaryFolder()
        let seed = [UInt8](repeating: 33, count: 32)
        // RFC 8410: the fixed head of a private Ed25519 key, then the seed.
        let der: [UInt8] =
            [
                0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22,
                0x04, 0x20,
            ] + seed
        let checkpoint = try checkpoint()
        let message = "cosignature/v1\ntime \(Self.time)\n" + checkpoint.note.text
        let result = try await CommandResult.of(
            "openssl",
            [
                "pkeyutl", "-sign", "-keyform", "DER", "-inkey",
                try folder.write(der, to: "key.der"), "-rawin", "-in",
                try folder.write(message, to: "message"), "-out", folder.path("signature"),
            ])
        #expect(result.ending == .exited(0), "\(result.errorText)")
        let signature = try Data(contentsOf: URL(fileURLWithPath: folder.path("signature")))
        let key = try WitnessSigner(name: "openssl.example", seed: seed).witness
        let id = try #require(UInt32(key.id.hex, radix: 16))
        let blob =
            stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: id >> $0) }
            + [0, 0, 0, 0, 0x64, 0x18, 0x50, 0xCB] + signature
        let line = "— openssl.example \(Data(blob).base64EncodedString())\n"
        let note = try SignedNote(octets: checkpoint.note.octets + Array(line.utf8))
        #expect(try note.cosignatures(by: [key]).map(\.time) == [Self.time])
    }

    @Test func `lines by unknown witnesses are left alone`() throws {
        let (known, stranger) = (try witness(), try witness("stranger.example", seed: 22))
        let namesake = try witness(seed: 23)
        let note = try cosigned([stranger, known, namesake])
        #expect(try note.cosignatures(by: [known.witness]).map(\.key) == [known.witness])
        #expect(try note.cosignatures(by: []).isEmpty)
    }

    @Test func `a bad line by a known witness refuses the note`() throws {
        let (first, second) = (try witness(), try witness("b.example", seed: 24))
        let elsewhere = try second.cosign(try checkpoint(8), time: Self.time)
        let note = try checkpoint().cosigned(
            keeping: [try Fixture.signer().verifier],
            [try first.cosign(try checkpoint(), time: Self.time), elsewhere]
        ).note
        #expect(throws: NoteError.wrongSignature(key: "b.example")) {
            try note.cosignatures(by: [first.witness, second.witness])
        }
        #expect(try note.cosignatures(by: [first.witness]).count == 1)
    }

    @Test func `a witness counts once, with its newest line`() throws {
        let (witness, checkpoint) = (try witness(), try checkpoint())
        let lines = try [20, 30, 10].map { try witness.cosign(checkpoint, time: $0) }
        let note = checkpoint.cosigned(keeping: [try Fixture.signer().verifier], lines).note
        #expect(try note.cosignatures(by: [witness.witness]).map(\.time) == [30])
    }

    @Test func `a note's signature by the same key is no cosignature`() throws {
        let witness = try witness()
        let signer = try SignerKey(
            name: witness.witness.name, seed: [UInt8](repeating: 21, count: 32))
        let note = try SignedNote(text: try checkpoint().note.text, signers: [signer])
        #expect(try note.cosignatures(by: [witness.witness]).isEmpty)
    }

    @Test func `a time beyond 2^63−1 is refused`() throws {
        let witness = try witness()
        let octets = try cosigned([witness]).octets
        let note = try SignedNote(octets: octets)
        var signature = try #require(note.signatures.last).octets
        signature[0] |= 0x80
        let id = try #require(UInt32(witness.witness.id.hex, radix: 16))
        let blob =
            stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: id >> $0) }
            + signature
        let line = "— witness.example/w1 \(Data(blob).base64EncodedString())\n"
        let altered = try SignedNote(
            octets: try checkpoint().note.octets + Array(line.utf8))
        #expect(throws: NoteError.wrongSignature(key: "witness.example/w1")) {
            try altered.cosignatures(by: [witness.witness])
        }
        #expect(throws: NoteError.cannotSign(key: "witness.example/w1")) {
            try witness.cosign(try checkpoint(), time: -1)
        }
    }

    @Test(arguments: [16, 32, 63])
    func `so many witnesses fit a note`(count: Int) throws {
        let witnesses = try (1...count).map { try witness("w\($0).example", seed: UInt8($0)) }
        let note = try SignedNote(octets: try cosigned(witnesses).octets)
        #expect(try note.cosignatures(by: witnesses.map(\.witness)).count == count)
    }

    @Test func `an answer's lines are read, and anything else is refused`() throws {
        let (first, second) = (try witness(), try witness("b.example", seed: 24))
        let lines = try [first, second].map { try $0.cosign(try checkpoint(), time: 5) }
        let body = Array(lines.map(\.line).joined().utf8)
        #expect(try NoteSignature.lines(body) == lines)
        #expect(throws: NoteError.noSignatures) { try NoteSignature.lines([]) }
        #expect(throws: NoteError.noSignatures) { try NoteSignature.lines(Array(body.dropLast())) }
        #expect(throws: NoteError.malformedSignatureLine(2)) {
            try NoteSignature.lines(body + Array("more\n".utf8))
        }
        let many = Array(String(repeating: lines[0].line, count: 65).utf8)
        #expect(throws: NoteError.tooManySignatures(limit: 64)) { try NoteSignature.lines(many) }
    }
}
