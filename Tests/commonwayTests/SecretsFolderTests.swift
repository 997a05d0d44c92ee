import Foundation
import Proxy
import TestKit
import Testing

@testable import commonway

@Suite struct SecretsFolderTests {
    private func write(_ text: String, mode: Int = 0o600, in folder: TemporaryFolder) throws {
        let inner = folder.path("b")
        try FileManager.default.createDirectory(
            atPath: inner, withIntermediateDirectories: true)
        _ = FileManager.default.createFile(
            atPath: inner + "/key", contents: Data(text.utf8),
            attributes: [.posixPermissions: mode])
    }

    @Test func `a file of mode 0600 in its backend's folder is a secret`() throws {
        let folder = try TemporaryFolder()
        try write("Bearer 7\n", in: folder)
        let secrets = try SecretsFolder.read(folder.path(""))
        #expect(secrets.count == 1)
        // No print of it shows the value.
        #expect("\(secrets)" == "1 secrets")
        var dump = ""
        Swift.dump(secrets, to: &dump)
        #expect(!dump.contains("Bearer"))
    }

    @Test(arguments: [
        ("Bearer 7", 0o640, "others may read this secret"),
        ("", 0o600, "no header can have this value"),
        ("a\nb", 0o600, "no header can have this value"),
        (" a", 0o600, "no header can have this value"),
    ])
    func `what is no secret is refused without a word of it`(
        text: String, mode: Int, reason: String
    ) throws {
        let folder = try TemporaryFolder()
        try write(text, mode: mode, in: folder)
        let complaint = #expect(throws: Complaint.self) {
            try SecretsFolder.read(folder.path(""))
        }
        #expect(complaint.map { "\($0)" }?.contains(reason) == true)
        #expect(complaint.map { "\($0)" }?.contains("Bearer") == false)
    }
}
