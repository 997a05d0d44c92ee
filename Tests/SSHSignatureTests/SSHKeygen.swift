import Foundation
import TestKit
import Testing

/// The real `ssh-keygen`, working in a folder of its own that goes away with it.
struct SSHKeygen {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Runs `ssh-keygen` in the folder, with `input` on its standard input, and waits for it.
    func run(
        _ arguments: String..., input: [UInt8] = [], environment: [String: String] = [:]
    ) async throws -> CommandResult {
        try await CommandResult.of(
            "ssh-keygen", arguments, environment: environment, folder: folder.url,
            inputFile: try folder.write(input, to: "stdin"))
    }

    /// Makes a key `name` and `name.pub`.
    func makeKey(_ name: String, type: String = "ed25519", passphrase: String = "") async throws {
        let result = try await run(
            "-q", "-t", type, "-N", passphrase, "-C", "ana@home", "-f", name)
        try #require(result.ending == .exited(0), "\(result.errorText)")
    }

    /// Writes a file that only its owner may read, or run, as `ssh-keygen` asks of keys.
    func write(_ text: String, to name: String, isExecutable: Bool = false) throws {
        let path = try folder.write(text, to: name)
        try FileManager.default.setAttributes(
            [.posixPermissions: isExecutable ? 0o700 : 0o600], ofItemAtPath: path)
    }

    func read(_ name: String) throws -> String {
        String(
            decoding: try Data(contentsOf: folder.url.appendingPathComponent(name)), as: UTF8.self)
    }
}
