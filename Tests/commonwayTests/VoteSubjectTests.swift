import CanonicalJSON
import Testing

@testable import commonway

@Suite struct VoteSubjectTests {
    private static let operations: JSONValue = [
        ["op": "delete", "kind": "HTTPRoute", "name": "library"]
    ]
    private static let plan: JSONValue = ["changes": [], "class": "routine", "moves": []]
    private static let entry: JSONValue = [
        "kind": "open", "payload": .string(HexDigest.of(operations)),
        "plan": .string(HexDigest.of(plan)), "proposal": 7,
    ]

    private func subject(
        operations: JSONValue = operations, plan: JSONValue = plan, number: Int64 = 7,
        leaf: String = HexDigest.ofLeaf(entry)
    ) -> VoteSubject {
        VoteSubject(
            proposal: ["operations": operations, "plan": plan], number: number, openLeaf: leaf,
            openIndex: 12)
    }

    @Test func `what the entry says may be voted on`() {
        #expect(throws: Never.self) { try subject().check(entry: Self.entry) }
    }

    @Test func `other operations than the entry's are named`() throws {
        let shown: JSONValue = [["op": "delete", "kind": "HTTPRoute", "name": "harmless"]]
        let complaint = try #require(throws: Complaint.self) {
            try subject(operations: shown).check(entry: Self.entry)
        }
        #expect(complaint.what.hasSuffix(": the operations shown"))
        #expect(complaint.status == .refused)
    }

    @Test func `another plan than the entry's is named`() throws {
        let complaint = try #require(throws: Complaint.self) {
            try subject(plan: ["changes": []]).check(entry: Self.entry)
        }
        #expect(complaint.what.hasSuffix(": the plan shown"))
    }

    @Test func `an entry that is not the one ballots name is refused`() {
        let leaf = String(repeating: "0", count: 64)
        #expect(throws: Complaint.self) { try subject(leaf: leaf).check(entry: Self.entry) }
    }

    @Test func `the opening of another proposal is refused`() {
        #expect(throws: Complaint.self) { try subject(number: 8).check(entry: Self.entry) }
    }
}
