/// An Ed25519 signature in OpenSSH's SSHSIG form (OpenSSH PROTOCOL.sshsig), taken apart.
///
/// A value has exactly one blob and one base64 text: what is accepted is written again octet by
/// octet, so that a signature cannot come back under a second spelling. It is *well formed* only;
/// ``verify(message:namespace:)`` says whether it fits a message.
package struct SSHSignatureBlob: Hashable, Sendable {
    /// The longest blob that is read, in octets: 170 of fixed fields, and room for a namespace.
    package static let octetsMax = 512

    /// The key that it says has signed.
    package let publicKey: PublicKey
    /// The kind of statement that it was made for, such as `ballot@commonway`; not empty.
    package let namespace: String
    /// The Ed25519 signature (RFC 8032 §5.1.6), 64 octets.
    package let signature: [UInt8]

    static let magic = Array("SSHSIG".utf8)
    static let version: UInt32 = 1
    static let hash = "sha512"
    static let signatureOctets = 64

    init(publicKey: PublicKey, namespace: String, signature: [UInt8]) {
        self.publicKey = publicKey
        self.namespace = namespace
        self.signature = signature
    }

    /// Reads a blob.
    ///
    /// - Throws: ``SignatureError`` for every field that is not as this profile writes it: version
    ///   1, an `ssh-ed25519` key, no reserved octets, `sha512`, 64 octets, nothing after.
    package init(octets: some Collection<UInt8>) throws(SignatureError) {
        guard octets.count <= SSHSignatureBlob.octetsMax else {
            throw .tooLong(limit: SSHSignatureBlob.octetsMax, actual: octets.count)
        }
        let fields = try Fields(octets: Array(octets))
        guard fields.version == SSHSignatureBlob.version else {
            throw .unsupportedVersion(fields.version)
        }
        do throws(KeyError) {
            publicKey = try PublicKey(wireBlob: fields.publicKey)
        } catch {
            throw .key(error)
        }
        guard !fields.namespace.isEmpty,
            let namespace = try? UTF8Span(validating: fields.namespace.span)
        else { throw .malformedNamespace }
        self.namespace = String(copying: namespace)
        guard fields.reserved.isEmpty else {
            throw .reservedNotEmpty(octets: fields.reserved.count)
        }
        guard fields.hash.elementsEqual(SSHSignatureBlob.hash.utf8) else {
            throw .unsupportedHash(String(decoding: fields.hash, as: UTF8.self))
        }
        guard fields.algorithm.elementsEqual(PublicKey.keyType.utf8) else {
            throw .unsupportedAlgorithm(String(decoding: fields.algorithm, as: UTF8.self))
        }
        guard fields.signature.count == SSHSignatureBlob.signatureOctets else {
            throw .wrongLength(octets: fields.signature.count)
        }
        signature = Array(fields.signature)
    }

    /// The blob, 170 octets and the namespace's.
    package var octets: [UInt8] {
        var inner: [UInt8] = []
        inner.appendString(PublicKey.keyType.utf8)
        inner.appendString(signature)

        var blob = SSHSignatureBlob.magic
        blob.appendUInt32(SSHSignatureBlob.version)
        blob.appendString(publicKey.wireBlob)
        blob.appendString(namespace.utf8)
        blob.appendString([])
        blob.appendString(SSHSignatureBlob.hash.utf8)
        blob.appendString(inner)
        return blob
    }

    /// The fields as they stand in the octets, before any is judged.
    private struct Fields {
        let version: UInt32
        let publicKey, namespace, reserved, hash, algorithm, signature: ArraySlice<UInt8>

        init(octets: [UInt8]) throws(SignatureError) {
            guard octets.starts(with: magic) else { throw .notSSHSIG }
            var reader = WireReader(octets[...])
            do throws(WireFault) {
                _ = try reader.fixed(magic.count)
                version = try reader.uint32()
                publicKey = try reader.string()
                namespace = try reader.string()
                reserved = try reader.string()
                hash = try reader.string()
                var inner = WireReader(try reader.string())
                algorithm = try inner.string()
                signature = try inner.string()
                try inner.end()
                try reader.end()
            } catch {
                throw .malformed(error)
            }
        }
    }
}
