import Foundation
import Reactor
import TestKit
import Testing

@Suite struct `Folder watch` {
    @Test func `a file that is renamed into the folder wakes, one that is only made does not`()
        throws
    {
        let folder = try TemporaryFolder()
        let watch = try FolderWatch()
        #expect(!watch.wait(in: folder.url.path, atMostMs: 1))
        let other = try TemporaryFolder()
        let file = try other.write("x", to: "file")
        #expect(!watch.wait(in: folder.url.path, atMostMs: 1))
        try FileManager.default.moveItem(atPath: file, toPath: folder.path("file"))
        #expect(watch.wait(in: folder.url.path, atMostMs: 5_000))
        #expect(!watch.wait(in: folder.url.path, atMostMs: 1))
    }

    @Test func `a folder that is made later is found by the next call`() throws {
        let folder = try TemporaryFolder()
        let watch = try FolderWatch()
        #expect(!watch.wait(in: folder.path("later"), atMostMs: 1))
        try FileManager.default.createDirectory(
            atPath: folder.path("later"), withIntermediateDirectories: false)
        #expect(!watch.wait(in: folder.path("later"), atMostMs: 1))
        _ = try folder.write("x", to: "later/file")
        #expect(watch.wait(in: folder.path("later"), atMostMs: 5_000))
    }

    @Test func `what is no folder is waited for and not found`() throws {
        #expect(!(try FolderWatch().wait(in: "", atMostMs: 1)))
    }
}
