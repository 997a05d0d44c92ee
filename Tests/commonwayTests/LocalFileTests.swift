import Foundation
import TestKit
import Testing

@testable import commonway

@Suite struct LocalFileTests {
    /// The mask that makes a file private is the whole process's.
    @Test func `files made at the same time are private, each of them`() async throws {
        let folder = try TemporaryFolder()
        let paths = (0..<6_000).map { folder.path("secret-\($0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for path in paths {
                group.addTask { try LocalFile.createPrivate(Array("x".utf8), at: path) }
            }
            try await group.waitForAll()
        }
        for path in paths {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(path)")
        }
    }
}
