import Council
import Routing
import Store
import Testing
import TransparencyLog

@Suite struct JournalTests {
    let open: OpenStore
    var journal: SQLiteJournal { open.journal }

    init() throws {
        open = try OpenStore()
    }

    @Test func `what was appended is read back`() throws {
        let entries = (0..<5).map(JournalEntry.sample)
        try journal.append(entries)
        #expect(try journal.entries(from: 0, limit: 100) == entries)
    }

    @Test func `what was appended is there when the store is opened again`() throws {
        try journal.append((0..<5).map(JournalEntry.sample))
        try open.store.close()
        let again = try Store(path: open.path)
        #expect(try again.journal.everything() == (0..<5).map(JournalEntry.sample))
    }

    @Test func `batches run on`() throws {
        try journal.append([.sample(0), .sample(1)])
        try journal.append([.sample(2)])
        #expect(try journal.count() == 3)
    }

    @Test func `no entries are appended without an error`() throws {
        try journal.append([])
        #expect(try journal.count() == 0)
    }

    @Test(arguments: [0, 1, 3, -1, Int.max])
    func `an index that is not the next is refused`(index: Int) throws {
        try journal.append([.sample(0), .sample(1)])
        #expect(throws: JournalError.outOfOrder(expected: 2, actual: index)) {
            try journal.append([.sample(index)])
        }
    }

    @Test func `a gap within a batch leaves none of it`() throws {
        #expect(throws: JournalError.outOfOrder(expected: 1, actual: 2)) {
            try journal.append([.sample(0), .sample(2)])
        }
        #expect(try journal.count() == 0)
    }

    @Test func `a statement is held once`() throws {
        try journal.append([.sample(0)])
        let again = JournalEntry(
            index: 1, octets: [1], leafHash: .leaf([1]),
            statementHash: JournalEntry.sample(0).statementHash)
        #expect(throws: JournalError.duplicateStatement(index: 1)) {
            try journal.append([again])
        }
    }

    @Test func `entries without statements may be many`() throws {
        try journal.append(
            (0..<3).map {
                JournalEntry(index: $0, octets: [1], leafHash: .leaf([1]), statementHash: nil)
            })
        #expect(try journal.count() == 3)
    }

    @Test(arguments: [0, 65_536])
    func `an entry of a length that no bundle holds is refused`(length: Int) {
        let octets = [UInt8](repeating: 1, count: length)
        let entry = JournalEntry(
            index: 0, octets: octets, leafHash: .leaf(octets), statementHash: nil)
        #expect(throws: JournalError.badLength(index: 0, limit: 65_535, actual: length)) {
            try journal.append([entry])
        }
    }

    @Test func `the longest entry is kept`() throws {
        let octets = [UInt8](repeating: 1, count: 65_535)
        let entry = JournalEntry(
            index: 0, octets: octets, leafHash: .leaf(octets), statementHash: nil)
        try journal.append([entry])
        #expect(try journal.entry(at: 0) == entry)
    }

    @Test func `a batch beyond the bound is refused whole`() throws {
        let limit = JournalLimits.batchEntriesMax
        #expect(throws: JournalError.batchTooLarge(limit: limit, actual: limit + 1)) {
            try journal.append((0...limit).map(JournalEntry.sample))
        }
    }

    @Test func `a page is cut to its bound`() throws {
        try journal.append((0..<1_500).map(JournalEntry.sample))
        let page = try journal.entries(from: 10, limit: Int.max)
        #expect(page.count == JournalLimits.pageEntriesMax)
    }

    @Test(arguments: [2, 100, Int.max, -1])
    func `beyond the end there is nothing`(index: Int) throws {
        try journal.append([.sample(0), .sample(1)])
        #expect(try journal.entry(at: index) == nil)
    }

    @Test func `a statement is found by its hash`() throws {
        try journal.append((0..<4).map(JournalEntry.sample))
        let hash = try #require(JournalEntry.sample(2).statementHash)
        #expect(try journal.entryIndex(ofStatement: hash) == 2)
    }

    @Test func `a statement that is not there is not found`() throws {
        #expect(try journal.entryIndex(ofStatement: ContentDigest(of: [])) == nil)
    }
}
