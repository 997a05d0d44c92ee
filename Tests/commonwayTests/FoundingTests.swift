import CanonicalJSON
import Testing

@testable import commonway

@Suite struct FoundingTests {
    private static let leaves = (0..<64).map { UInt8($0) }
    private static let entry: JSONValue = [
        "digest": .string(HexDigest.of(leaves)), "founders": 3, "kind": "constituted",
    ]

    private func card(constituted: String) throws -> PinnedCard {
        let value: JSONValue = [
            "constituted": .string(constituted), "key": "k", "origin": "gw.example.org/log",
        ]
        return try #require(PinnedCard(value))
    }

    @Test func `the digest to sign is computed from the entries read`() throws {
        let leaf = HexDigest.ofLeaf(Self.entry)
        let founding = try FoundingCheck.end(
            Self.entry, leaf: leaf, leavesBefore: Self.leaves, card: card(constituted: leaf))
        #expect(founding.digest == HexDigest.of(Self.leaves))
    }

    @Test func `entries that are not those of the digest are refused`() throws {
        let leaf = HexDigest.ofLeaf(Self.entry)
        let card = try card(constituted: leaf)
        #expect(throws: Complaint.self) {
            try FoundingCheck.end(Self.entry, leaf: leaf, leavesBefore: [1], card: card)
        }
    }

    @Test func `a beginning that the card does not name is refused`() throws {
        let card = try card(constituted: String(repeating: "0", count: 64))
        #expect(throws: Complaint.self) {
            try FoundingCheck.end(
                Self.entry, leaf: HexDigest.ofLeaf(Self.entry), leavesBefore: Self.leaves,
                card: card)
        }
    }
}
