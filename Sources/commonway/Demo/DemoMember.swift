import Foundation
import SSHSignature

/// A member of the demonstration, with the files that a member has: key, password, invitation.
struct DemoMember: Sendable {
    /// The handle.
    let name: String
    /// Where the member's `commonway` keeps its session.
    let config: String
    /// The OpenSSH private key's file.
    let keyFile: String
    /// The password's file.
    let passwordFile: String
    /// The invitation's file.
    let invitationFile: String

    /// Makes a key.
    ///
    /// - Throws: ``Complaint``, which cannot be for 32 octets.
    static func makeKey() throws(Complaint) -> PrivateKey {
        do {
            return try PrivateKey(seed: RandomSecret.octets(PrivateKey.seedOctets))
        } catch {
            throw .refused("no key could be made: \(error)")
        }
    }

    /// Writes the member's files.
    ///
    /// - Throws: ``Complaint`` when they cannot be written.
    init(
        name: String, key: PrivateKey, invitation: String, in root: URL
    ) throws(Complaint) {
        let folder = root.appendingPathComponent("members/\(name)", isDirectory: true).path
        self.name = name
        config = folder + "/config"
        keyFile = folder + "/id_ed25519"
        passwordFile = folder + "/password"
        invitationFile = folder + "/invitation"
        try LocalFile.makePrivateFolder(folder)
        let check = RandomSecret.octets(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let password = RandomSecret.octets(12).map { HexDigest.hex([$0]) }.joined()
        try LocalFile.createPrivate(
            Array(key.openSSHFile(checkInteger: check, comment: name).utf8), at: keyFile)
        try LocalFile.createPrivate(
            Array("\(key.publicKey.openSSHText) \(name)\n".utf8), at: keyFile + ".pub")
        try LocalFile.createPrivate(Array((password + "\n").utf8), at: passwordFile)
        try LocalFile.createPrivate(Array((invitation + "\n").utf8), at: invitationFile)
    }
}
