import CanonicalJSON
import Foundation
import SSHSignature

/// A member's key, wherever its secret half is: in an unencrypted file, in an encrypted one, or
/// with an agent. The latter two sign through `ssh-keygen -Y sign`.
struct SigningKey: Sendable {
    /// The file, absolute: a private key, or a `.pub` whose key an agent holds.
    let path: String
    /// The half that everybody may know.
    let publicKey: PublicKey
    /// The half in an unencrypted file; `nil` where `ssh-keygen` signs.
    private let secret: PrivateKey?

    /// Where OpenSSH keeps an Ed25519 key unless told otherwise.
    static let defaultPath = "~/.ssh/id_ed25519"

    /// Finds a key.
    ///
    /// - Parameter typed: A path as typed; `~` is the home folder.
    /// - Throws: ``Complaint`` when there is none, or it is no Ed25519 key.
    init(_ typed: String) throws(Complaint) {
        path = URL(fileURLWithPath: LocalFile.expanded(typed)).path
        guard FileManager.default.fileExists(atPath: path) else {
            throw .usage(
                "there is no such key file", at: path,
                next: "name your key with --key FILE, or make one: commonway key new FILE")
        }
        let text = try LocalFile.readText(path, limit: PrivateKey.fileOctetsMax)
        if text.hasPrefix(PublicKey.keyType) {
            secret = nil
            publicKey = try Self.publicKey(text, at: path)
            return
        }
        do throws(KeyError) {
            let key = try PrivateKey(openSSHFile: text)
            secret = key
            publicKey = key.publicKey
        } catch .encrypted {
            secret = nil
            publicKey = try Self.publicKeyBeside(path)
        } catch {
            throw .usage(
                "\(error)", at: path,
                next: "members sign with Ed25519 keys: ssh-keygen -t ed25519 -f FILE")
        }
    }

    /// Signs a statement in the namespace of its act.
    ///
    /// - Throws: ``Complaint`` when `ssh-keygen` is missing or gives up, as on a wrong passphrase.
    func sign(_ statement: JSONValue) throws(Complaint) -> SSHSignatureBlob {
        let namespace = StatementDraft.namespace(ofAct: statement["act"]?.string ?? "")
        let octets = statement.canonicalOctets
        do throws(SignatureError) {
            if let secret { return try secret.sign(message: octets, namespace: namespace) }
        } catch {
            throw .refused("the key does not sign: \(error)", at: path)
        }
        let text = try SSHKeygen.sign(octets, keyPath: path, namespace: namespace)
        let blob: SSHSignatureBlob
        do throws(SignatureError) {
            blob = try SSHSignatureBlob(armored: text)
            try blob.verify(message: octets, namespace: namespace)
        } catch {
            throw .refused("ssh-keygen's signature is refused: \(error)", at: path)
        }
        guard blob.publicKey == publicKey else {
            throw .refused("ssh-keygen signed with another key than the file says", at: path)
        }
        return blob
    }

    private static func publicKeyBeside(_ path: String) throws(Complaint) -> PublicKey {
        let file = path + ".pub"
        guard FileManager.default.fileExists(atPath: file) else {
            throw .usage(
                "the key is encrypted and its public half is not beside it", at: file,
                next: "ssh-keygen -y -f \(path) > \(file)")
        }
        return try publicKey(
            try LocalFile.readText(file, limit: PublicKey.lineOctetsMax), at: file)
    }

    /// Reads a public key line.
    static func publicKey(_ text: String, at place: String) throws(Complaint) -> PublicKey {
        do throws(KeyError) {
            return try PublicKey(openSSHLine: text)
        } catch {
            throw .usage("\(error)", at: place)
        }
    }
}
