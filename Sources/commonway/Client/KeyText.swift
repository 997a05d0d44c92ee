import CanonicalJSON
import SSHSignature

/// Members' keys in words.
enum KeyText {
    /// A member's keys by fingerprint, on one line.
    static func list(_ member: JSONValue) -> String {
        let keys = member["keys"]?.array ?? []
        return keys.map { fingerprint($0["key"]?.string ?? "") }.joined(separator: " ")
    }

    /// The fingerprint of a public key line as `ssh-keygen -l` prints it; the line itself when it
    /// is no key that this program knows.
    static func fingerprint(_ line: String) -> String {
        (try? PublicKey(openSSHLine: line))?.fingerprint ?? Output.plain(line)
    }
}
