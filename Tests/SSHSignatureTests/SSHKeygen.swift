import Foundation
import Testing

/// The real `ssh-keygen`, working in a folder of its own that goes away with it.
final class SSHKeygen {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("commonway-ssh-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    struct Outcome {
        let status: Int32
        let output: String
    }

    /// Runs `ssh-keygen` in the folder and waits for it.
    func run(
        _ arguments: String..., input: [UInt8] = [], environment: [String: String] = [:]
    ) throws -> Outcome {
        let inputFile = folder.appendingPathComponent("stdin")
        try Data(input).write(to: inputFile)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["ssh-keygen"] + arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self))
    }

    func write(_ text: String, to name: String) throws {
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    func makeExecutable(_ name: String) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700],
            ofItemAtPath: folder.appendingPathComponent(name).path)
    }

    /// The armour in an output that has other lines too.
    func armored(in output: String) throws -> String {
        let start = try #require(output.range(of: "-----BEGIN"))
        return String(output[start.lowerBound...])
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }

    /// Makes a key `name` and `name.pub`.
    func makeKey(_ name: String, type: String = "ed25519", passphrase: String = "") throws {
        let outcome = try run("-q", "-t", type, "-N", passphrase, "-C", "ana@home", "-f", name)
        try #require(outcome.status == 0, "\(outcome.output)")
    }
}
