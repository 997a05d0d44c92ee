import ArgumentParser
import Foundation
import SSHSignature

/// `commonway key new FILE`: makes a key without a passphrase.
struct KeyNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make an OpenSSH Ed25519 key without a passphrase.",
        discussion: """
            Writes FILE, readable by you only, and FILE.pub. For a key with a passphrase use \
            ssh-keygen -t ed25519 -f FILE; this program signs with either.
            """)

    @Argument(help: "The file to write; there must be none yet.")
    var file: String

    @Option(help: "What ssh-keygen shows beside the key.")
    var comment = "commonway"

    func validate() throws {
        if comment.contains(where: \.isNewline) { throw ValidationError("a comment is one line") }
    }

    func run() async throws {
        let path = URL(fileURLWithPath: LocalFile.expanded(file)).path
        let key: PrivateKey
        do throws(KeyError) {
            key = try PrivateKey(seed: HexDigest.randomOctets(PrivateKey.seedOctets))
        } catch {
            throw Complaint.refused("no key could be made: \(error)", next: "repeat the command")
        }
        var generator = SystemRandomNumberGenerator()
        let text = key.openSSHFile(checkInteger: generator.next(), comment: comment)
        let line = key.publicKey.openSSHText + " " + comment
        try LocalFile.createPrivate(Array(text.utf8), at: path)
        try LocalFile.createPrivate(Array((line + "\n").utf8), at: path + ".pub")
        Output.words("wrote \(path), readable by you only, and \(path).pub")
        Output.words("\(key.publicKey.fingerprint); it has no passphrase")
        try Output.data(key.publicKey.openSSHText)
    }
}
