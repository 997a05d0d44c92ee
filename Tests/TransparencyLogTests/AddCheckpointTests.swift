import TestKit
import Testing
import TransparencyLog

@Suite("Requests to add a checkpoint")
struct AddCheckpointTests {
    private func request(from old: Int, to new: Int) throws -> AddCheckpointRequest {
        let tree = Fixture.tree(new)
        let checkpoint = try Checkpoint(origin: Fixture.origin, size: new, root: tree.root)
            .signed(by: try Fixture.signer())
        return AddCheckpointRequest(
            proof: try tree.consistencyProof(from: old, to: new), checkpoint: checkpoint)
    }

    @Test(arguments: [(0, 1), (3, 7), (7, 7), (256, 70_000)])
    func `a request comes back`(old: Int, new: Int) throws {
        let request = try request(from: old, to: new)
        #expect(try AddCheckpointRequest(octets: request.octets) == request)
    }

    @Test func `a body is written as the specification shows it`() throws {
        let text = String(decoding: try request(from: 3, to: 7).octets, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "old 3")
        #expect(lines[1...4].allSatisfy { $0.utf8.count == 44 })
        #expect(lines[5] == "")
        #expect(lines[6] == "gw.example.org/log")
        #expect(lines[7] == "7")
    }

    @Test(arguments: [
        ("", AddCheckpointError.malformed(line: 0)), ("old 3", .malformed(line: 0)),
        ("old 03\n\n", .malformed(line: 0)), ("old -1\n\n", .malformed(line: 0)),
        ("old \n\n", .malformed(line: 0)), ("Old 3\n\n", .malformed(line: 0)),
        ("old 9223372036854775808\n\n", .malformed(line: 0)),
        ("old 3\nAAAA\n\n", .malformed(line: 1)), ("old 3\n", .malformed(line: 1)),
        ("old 3\r\n\r\n", .malformed(line: 0)),
        ("old 3\n\n", .checkpoint(.note(.noSignatures))),
        ("old 3\n\ntext\n", .checkpoint(.note(.noSignatures))),
    ])
    func `another body is refused with its line`(text: String, error: AddCheckpointError) {
        #expect(throws: error) { try AddCheckpointRequest(octets: Array(text.utf8)) }
    }

    @Test func `63 proof lines are read, 64 refused`() throws {
        let request = try request(from: 3, to: 7)
        let line = Digest.emptyTree.base64 + "\n"
        let note = String(decoding: request.note.octets, as: UTF8.self)
        let most = "old 3\n" + String(repeating: line, count: 63) + "\n" + note
        #expect(try AddCheckpointRequest(octets: Array(most.utf8)).proof.count == 63)
        let more = "old 3\n" + String(repeating: line, count: 64) + "\n" + note
        #expect(throws: AddCheckpointError.tooManyProofLines(limit: 63)) {
            try AddCheckpointRequest(octets: Array(more.utf8))
        }
    }
}
