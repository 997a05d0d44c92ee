import CanonicalJSON
import Testing
import TransparencyLog

@testable import commonway

@Suite struct EvidenceTests {
    private let signer: SignerKey
    private let evidence: Evidence
    private let statement = Digest(hashing: Array("a statement".utf8))

    init() throws {
        signer = try SignerKey(name: "gw.example.org/log", seed: [UInt8](repeating: 1, count: 32))
        let card: JSONValue = [
            "constituted": "", "key": .string(signer.verifier.text),
            "origin": "gw.example.org/log",
        ]
        evidence = Evidence(card: try #require(PinnedCard(card)))
    }

    private func acknowledgement(of digest: Digest, by key: SignerKey) throws -> String {
        let promise = Acknowledgement(origin: key.verifier.name, statement: digest, time: 5)
        return String(decoding: try promise.signed(by: key).octets, as: UTF8.self)
    }

    private func checkpoint(size: Int, _ text: String = "root") throws -> JSONValue {
        let checkpoint = Checkpoint(
            origin: "gw.example.org/log", size: size, root: Digest(hashing: Array(text.utf8)))
        let note = try checkpoint.signed(by: signer).note.octets
        return ["checkpoint": .string(String(decoding: note, as: UTF8.self))]
    }

    @Test func `an acknowledgement by the log's key is believed`() throws {
        let note = try acknowledgement(of: statement, by: signer)
        #expect(throws: Never.self) {
            try evidence.check(acknowledgement: note, ofStatement: statement.hex)
        }
    }

    @Test func `an acknowledgement by another key is refused`() throws {
        let other = try SignerKey(
            name: "gw.example.org/log", seed: [UInt8](repeating: 2, count: 32))
        let note = try acknowledgement(of: statement, by: other)
        #expect(throws: Complaint.self) {
            try evidence.check(acknowledgement: note, ofStatement: statement.hex)
        }
    }

    @Test func `an acknowledgement of another statement is refused`() throws {
        let note = try acknowledgement(of: Digest(hashing: [1]), by: signer)
        #expect(throws: Complaint.self) {
            try evidence.check(acknowledgement: note, ofStatement: statement.hex)
        }
    }

    @Test func `the head is the one that the checkpoint signs`() throws {
        let head = try evidence.head(from: checkpoint(size: 9), seen: nil)
        #expect(head == LogHead(size: 9, root: Digest(hashing: Array("root".utf8)).hex))
    }

    @Test(arguments: [
        LogHead(size: 10, root: String(repeating: "0", count: 64)),
        LogHead(size: 9, root: String(repeating: "0", count: 64)),
    ])
    func `a log that went back, or changed at the same size, is refused`(seen: LogHead) throws {
        let answer = try checkpoint(size: 9)
        #expect(throws: Complaint.self) { try evidence.head(from: answer, seen: seen) }
    }

    @Test func `the same checkpoint again is accepted`() throws {
        let answer = try checkpoint(size: 9)
        let head = try evidence.head(from: answer, seen: nil)
        #expect(try evidence.head(from: answer, seen: head) == head)
    }
}
