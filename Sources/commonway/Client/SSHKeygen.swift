import CLinux
import Foundation

/// Signing by OpenSSH's own program, which knows passphrases and agents.
enum SSHKeygen {
    /// Signs octets, asking for a passphrase on the terminal where the key has one.
    ///
    /// - Returns: The armoured signature.
    /// - Throws: ``Complaint`` with what `ssh-keygen` said.
    static func sign(
        _ octets: [UInt8], keyPath: String, namespace: String
    ) throws(Complaint) -> String {
        let process = Process()
        let answer = Pipe()
        let words = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["ssh-keygen", "-Y", "sign", "-f", keyPath, "-n", namespace]
        process.standardInput = try unnamedFile(octets)
        process.standardOutput = answer
        process.standardError = words
        // Or Ctrl-C would not end a passphrase prompt.
        _ = clinux_signals_release()
        defer { _ = clinux_signals_restore() }
        do {
            try process.run()
        } catch {
            throw .usage(
                "ssh-keygen cannot be started: \(Reason.text(error))", at: keyPath,
                next: "install openssh-client, or use an unencrypted key")
        }
        // Children get a process group of their own, which may not read a passphrase until it has
        // the terminal. Without a terminal there is nothing to give, and agents work all the same.
        let hasTerminal = clinux_terminal_give(process.processIdentifier) == 0
        defer {
            if hasTerminal { _ = clinux_terminal_take_back(process.processIdentifier) }
        }
        let signature = text(of: answer)
        let said = text(of: words)
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let reason = said.split(whereSeparator: \.isNewline)
                .filter { !$0.hasPrefix("Signing ") }
            throw .refused(
                "ssh-keygen does not sign: "
                    + Output.plain(
                        reason.isEmpty ? "no reason given" : reason.joined(separator: "; ")),
                at: keyPath,
                next: "check the passphrase, or that the agent holds the key: ssh-add -l")
        }
        return signature
    }

    private static func text(of pipe: Pipe) -> String {
        let octets = try? pipe.fileHandleForReading.readToEnd()
        return String(decoding: octets ?? Data(), as: UTF8.self)
    }

    /// A file with those octets that has no name any more: unlike a pipe, it cannot end the program
    /// by a signal when `ssh-keygen` stops before it has read everything.
    private static func unnamedFile(_ octets: [UInt8]) throws(Complaint) -> FileHandle {
        let name = "commonway-" + HexDigest.hex(HexDigest.randomOctets(16))
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try LocalFile.createPrivate(octets, at: file.path)
        do {
            let handle = try FileHandle(forReadingFrom: file)
            try FileManager.default.removeItem(at: file)
            return handle
        } catch {
            throw .usage("cannot be used: \(Reason.text(error))", at: file.path)
        }
    }
}
