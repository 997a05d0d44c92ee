import Foundation
import LogReader
import TestKit
import Testing
import TransparencyLog

@Suite("Following a log in a folder")
struct LogFetcherTests {
    @Test func `an empty folder has nothing to read`() async throws {
        let log = try PublishedLog()
        #expect(try await log.fetcher.advance(from: nil, entriesFrom: 0) == nil)
    }

    // An empty log, one entry, and both sides of the edges of bundles.
    @Test(arguments: [0, 1, 2, 255, 256, 257, 511, 512, 513, 700])
    func `every entry of a log is read`(size: Int) async throws {
        let log = try PublishedLog()
        try log.grow(to: size)
        let read = try await PublishedLog.read(log.fetcher)
        #expect(read.entries == log.entries)
        #expect(read.checkpoint.checkpoint.size == size)
    }

    @Test(arguments: [0, 1, 100, 255, 256, 257, 512, 699, 700])
    func `a log is followed from any size that was accepted`(size: Int) async throws {
        let log = try PublishedLog(size: 700)
        let accepted = try log.checkpoint(at: size)
        let read = try await PublishedLog.read(log.fetcher, from: accepted, entriesFrom: size)
        #expect(read.entries == Array(log.entries[size...]))
    }

    @Test func `a log of three levels is followed`() async throws {
        let log = try PublishedLog(size: 65_900)
        let accepted = try log.checkpoint(at: 65_300)
        let read = try await PublishedLog.read(log.fetcher, from: accepted, entriesFrom: 65_300)
        #expect(read.entries == Array(log.entries[65_300...]))
    }

    @Test func `a start reads all and still knows what was accepted`() async throws {
        let log = try PublishedLog(size: 300)
        let accepted = try log.checkpoint(at: 290)
        let read = try await PublishedLog.read(log.fetcher, from: accepted, entriesFrom: 0)
        #expect(read.entries == log.entries)
    }

    @Test func `the same checkpoint again has nothing new`() async throws {
        let log = try PublishedLog(size: 300)
        let accepted = try log.checkpoint(at: 300)
        let read = try await PublishedLog.read(log.fetcher, from: accepted, entriesFrom: 300)
        #expect(read.entries == [])
    }

    @Test(arguments: ["tile/0/000.p", "tile/entries/000.p"])
    func `a full tile stands in for a partial one that is gone`(path: String) async throws {
        let log = try PublishedLog(size: 100)
        let early = try log.checkpoint(at: 100)
        try log.grow(to: 300)
        try log.remove(path)
        // The reader still sees the checkpoint of before.
        try log.folder.write(early.note.octets, to: Checkpoint.path)

        let read = try await PublishedLog.read(log.fetcher)

        #expect(read.entries == Array(log.entries[..<100]))
    }

    @Test func `a tile that is gone for good is named`() async throws {
        let log = try PublishedLog(size: 300)
        try log.remove("tile/0/001.p")
        let tile = try Tile(path: "tile/0/001.p/44")
        await #expect(throws: LogFetchError.missing(tile)) {
            try await log.fetcher.advance(from: nil, entriesFrom: 0)
        }
    }

    @Test func `a newer checkpoint is taken when the tiles of the one before are gone`()
        async throws
    {
        let log = try PublishedLog(size: 10)
        let early = try log.checkpoint(at: 10)
        try log.grow(to: 20)
        try log.remove("tile/0/000.p/10")
        let source = LateSource(folder: log.source, first: early.note.octets)

        let read = try await PublishedLog.read(LogFetcher(source: source, key: log.key))

        #expect(read.entries == log.entries)
    }

    @Test func `a reader ahead of the log is refused`() async throws {
        let log = try PublishedLog(size: 10)
        await #expect(throws: LogFetchError.startsBeyondEnd(start: 11, size: 10)) {
            try await log.fetcher.advance(from: nil, entriesFrom: 11)
        }
    }
}

/// A folder whose checkpoint was read by somebody just before it was replaced.
private actor LateSource: LogSource {
    private let folder: FolderSource
    private var first: [UInt8]?

    init(folder: FolderSource, first: [UInt8]) {
        self.folder = folder
        self.first = first
    }

    func checkpoint() async throws(LogSourceError) -> [UInt8]? {
        defer { first = nil }
        if let first { return first }
        return try await folder.checkpoint()
    }

    func octets(of tile: Tile) async throws(LogSourceError) -> [UInt8]? {
        try await folder.octets(of: tile)
    }
}
