import Council
import Foundation
import Routing
import Store
import TestKit
import Testing

@Suite struct DocumentMirrorTests {
    let open: OpenStore
    var mirror: SQLiteDocumentMirror { open.store.mirror }

    init() throws {
        open = try OpenStore()
    }

    private func row(_ kind: String, _ name: String, entry: Int = 7) -> DocumentRow {
        let json = #"{"name":"\#(name)"}"#
        return DocumentRow(
            kind: kind, name: name, json: json, digest: ContentDigest(of: json.utf8),
            sequence: 3, entry: entry)
    }

    @Test func `a new mirror is empty`() throws {
        #expect(try mirror.documents() == [])
        #expect(try mirror.mirroredSize() == nil)
    }

    @Test func `the rows are read back sorted`() throws {
        let rows = [row("Backend", "z"), row("HTTPRoute", "a"), row("HTTPRoute", "b")]
        try mirror.replaceDocuments(rows.reversed(), size: 9)
        #expect(try mirror.documents() == rows)
        #expect(try mirror.mirroredSize() == 9)
    }

    @Test func `replacing leaves nothing of what was before`() throws {
        try mirror.replaceDocuments([row("Backend", "a"), row("Backend", "b")], size: 9)
        try mirror.replaceDocuments([row("Backend", "b", entry: 8)], size: 10)
        #expect(try mirror.documents() == [row("Backend", "b", entry: 8)])
        #expect(try mirror.mirroredSize() == 10)
    }

    @Test func `the same name twice leaves the mirror as it was`() throws {
        try mirror.replaceDocuments([row("Backend", "a")], size: 9)
        #expect(throws: StorageFault.self) {
            try mirror.replaceDocuments([row("Backend", "b"), row("Backend", "b")], size: 10)
        }
        #expect(try mirror.documents() == [row("Backend", "a")])
    }

    @Test func `people can ask it in SQL`() async throws {
        try mirror.replaceDocuments([row("Backend", "a")], size: 9)
        let answer = try await open.shell(
            "mirror.sqlite", "SELECT name, json ->> 'name', digest FROM documents")
        #expect(answer.outputText == "a|a|\(row("Backend", "a").digest.hex)\n")
    }

    @Test(arguments: [
        "UPDATE documents SET json = '{}', name = 'theirs'", "DELETE FROM documents",
        "INSERT INTO documents VALUES ('Backend', 'x', '{}', 'no digest', 1, 1)",
    ])
    func `an edited mirror is repaired by the next replacement`(sql: String) async throws {
        try mirror.replaceDocuments([row("Backend", "a")], size: 9)
        #expect(try await open.shell("mirror.sqlite", sql).ending == .exited(0))
        try mirror.replaceDocuments([row("Backend", "a")], size: 9)
        #expect(try mirror.documents() == [row("Backend", "a")])
    }

    @Test func `a row that this program did not write is a fault, not a crash`() async throws {
        _ = try await open.shell(
            "mirror.sqlite",
            "INSERT INTO documents VALUES ('Backend', 'x', '{}', 'no digest', 1, 1)")
        #expect(throws: StorageFault.self) { try mirror.documents() }
    }

    @Test(arguments: ["garbage that is no database at all", ""])
    func `a mirror that is lost or damaged is made anew`(content: String) throws {
        try mirror.replaceDocuments([row("Backend", "a")], size: 9)
        try open.store.close()
        try Data(content.utf8).write(to: URL(fileURLWithPath: open.path + "/mirror.sqlite"))
        let again = try Store(path: open.path)
        try again.mirror.replaceDocuments([row("Backend", "a")], size: 9)
        #expect(try again.mirror.documents() == [row("Backend", "a")])
        try again.close()
    }

    @Test func `a mirror begins empty at every start`() async throws {
        try mirror.replaceDocuments([row("Backend", "a")], size: 9)
        _ = try await open.shell("mirror.sqlite", "DROP TABLE mirrored")
        try open.store.close()
        let again = try Store(path: open.path)
        #expect(try again.mirror.documents() == [])
        #expect(try again.mirror.mirroredSize() == nil)
        try again.close()
    }
}
