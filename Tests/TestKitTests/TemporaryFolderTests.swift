import Foundation
import TestKit
import Testing

@Suite struct TemporaryFolderTests {
    @Test func `a folder and what was written in it go with the last reference`() throws {
        var folder: TemporaryFolder? = try TemporaryFolder()
        let path = try #require(try folder?.write("text", to: "deep/below/file"))
        #expect(FileManager.default.contents(atPath: path) == Data("text".utf8))
        folder = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `two folders are two`() throws {
        let (one, other) = (try TemporaryFolder(), try TemporaryFolder())
        #expect(one.url != other.url)
    }

    @Test func `nobody but the owner may look in`() throws {
        let folder = try TemporaryFolder()
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.url.path)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
    }
}
