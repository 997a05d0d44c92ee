import Foundation
import LogReader
import TestKit
import Testing
import TransparencyLog

@Suite("A log in a folder")
struct FolderSourceTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var source: FolderSource { FolderSource(folder: folder.url) }

    @Test func `what is not there is nothing`() async throws {
        let tile = try Tile(path: "tile/0/x001/000")
        #expect(try await source.checkpoint() == nil)
        #expect(try await source.octets(of: tile) == nil)
    }

    @Test func `files are read where the format puts them`() async throws {
        try folder.write([1, 2, 3], to: "checkpoint")
        try folder.write([4, 5], to: "tile/entries/x001/000.p/7")
        #expect(try await source.checkpoint() == [1, 2, 3])
        let tile = try Tile(path: "tile/entries/x001/000.p/7")
        #expect(try await source.octets(of: tile) == [4, 5])
    }

    @Test func `a file beyond the limit is refused`() async throws {
        let path = try folder.write([UInt8](repeating: 0x61, count: 262_145), to: "checkpoint")
        await #expect(throws: LogSourceError.tooLarge(path: path, limit: 262_144)) {
            try await source.checkpoint()
        }
        let tilePath = try folder.write([UInt8](repeating: 0, count: 33), to: "tile/0/000.p/1")
        let tile = try Tile(path: "tile/0/000.p/1")
        await #expect(throws: LogSourceError.tooLarge(path: tilePath, limit: 32)) {
            try await source.octets(of: tile)
        }
    }

    @Test func `what cannot be read is refused with its path`() async throws {
        try folder.write([1], to: "checkpoint/file")
        let error = await #expect(throws: LogSourceError.self) { try await source.checkpoint() }
        guard case .unreadable(let path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path == folder.path("checkpoint"))
    }
}
