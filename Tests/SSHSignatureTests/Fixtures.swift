import SSHSignature

/// Keys and messages that the suites share; the seeds are no secrets.
enum Fixture {
    static let message = Array(#"{"act":"ballot","choice":"yes"}"#.utf8)
    static let namespace = "ballot@commonway"

    static func key(_ number: UInt8 = 1) throws -> PrivateKey {
        try PrivateKey(seed: [UInt8](repeating: number, count: 32))
    }

    static func blob() throws -> SSHSignatureBlob {
        try key().sign(message: message, namespace: namespace)
    }
}
