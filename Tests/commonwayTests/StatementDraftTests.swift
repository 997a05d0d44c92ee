import CanonicalJSON
import Governance
import Routing
import Testing

@testable import commonway

@Suite struct StatementDraftTests {
    private let draft = StatementDraft(
        by: 3, log: "gw.example.org/log", nonce: "00112233445566778899aabbccddeeff",
        until: 1_700_000_600_000)
    private let digest = String(repeating: "ab", count: 32)
    private static let backend: JSONValue = [
        "kind": "Backend", "name": "shelf", "endpoints": [["address": "10.0.0.7", "port": 80]],
    ]

    @Test func `a first ballot names vote, choice and head, and replaces nothing`() {
        let ballot = draft.ballot(
            open: digest, choice: "yes", head: LogHead(size: 17, root: digest), replaces: nil)
        let expected =
            #"{"act":"ballot","by":3,"choice":"yes","head":{"root":"\#(digest)","size":17},"#
            + #""log":"gw.example.org/log","nonce":"00112233445566778899aabbccddeeff","#
            + #""open":"\#(digest)","until":1700000600000}"#
        #expect(ballot.canonicalText == expected)
    }

    @Test func `the rules read every draft as what it was meant to be`() throws {
        let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIaASqB8+wKIGFsiVO2zJMdpVt37hQIw2e1C7QwqhIpp"
        let route: JSONValue = ["op": "delete", "kind": "HTTPRoute", "name": "library"]
        let drafts: [(String, JSONValue)] = [
            ("join", draft.join(digest: digest)),
            ("key", draft.key(key)),
            ("propose", draft.propose(operations: [route], reason: digest)),
            ("sponsor", draft.sponsor(proposal: 7, payload: digest)),
            (
                "ballot",
                draft.ballot(
                    open: digest, choice: "abstain", head: LogHead(size: 1, root: digest),
                    replaces: digest)
            ),
            ("emergency", draft.disable(route: "library")),
            ("emergency", draft.restore(Self.backend)),
            (
                "endpoints",
                draft.endpoints(
                    backend: "shelf", document: digest, Self.backend["endpoints"] ?? [])
            ),
            ("undo", draft.undo(backend: "shelf", keeper: 2)),
        ]
        let read = try drafts.map { try Statement($0.1) }
        #expect(read.map(\.act.name) == drafts.map(\.0))
        #expect(read.map(\.act.namespace) == drafts.map { StatementDraft.namespace(ofAct: $0.0) })
        #expect(read.map(\.hash.hex) == drafts.map { HexDigest.of($0.1) })
    }

    @Test(arguments: [
        (Int64?.none, Int64(600_000)), (86_400_000, 600_000), (60_000, 54_000), (1_000, 900),
    ])
    func `a statement holds ten minutes, or a tenth less than the charter allows`(
        limit: Int64?, validity: Int64
    ) {
        #expect(StatementDraft.until(now: 5, limit: limit) == 5 + validity)
    }

    @Test func `the digest of reasons covers the salt`() {
        let reason = ReasonText(text: "more room", salt: [UInt8](repeating: 7, count: 32))
        let other = ReasonText(text: "more room", salt: [UInt8](repeating: 8, count: 32))
        // printf 'commonway text' | (cat; printf '\7%.0s' {1..32}; printf 'more room') | sha256sum
        #expect(reason.digest == Self.reasonDigest)
        #expect(other.digest != reason.digest)
    }

    private static let reasonDigest =
        "690f6dd201959c48b8c7c27e854dd1259655c0ebbac7e0d7794138247d4d43ce"
}
