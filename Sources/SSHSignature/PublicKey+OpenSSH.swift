import Crypto

extension PublicKey {
    /// The only key type in use, as OpenSSH names it (RFC 8709 §4).
    package static let keyType = "ssh-ed25519"
    /// The longest public key line that is read, in octets; comments are rarely above 100.
    package static let lineOctetsMax = 4_096

    /// Reads an OpenSSH public key line: `ssh-ed25519 AAAA… [comment]`, with or without its
    /// newline.
    ///
    /// The comment is dropped. A caller that stores keys compares ``openSSHText`` instead.
    ///
    /// - Throws: ``KeyError`` for more than one line, another type of key, base64 that is not
    ///   canonical, octets after the key, and what ``init(octets:)`` refuses.
    package init(openSSHLine line: String) throws(KeyError) {
        var octets = Array(line.utf8)
        guard octets.count <= PublicKey.lineOctetsMax else {
            throw .tooLong(limit: PublicKey.lineOctetsMax, actual: octets.count)
        }
        if octets.last == UInt8(ascii: "\n") { octets.removeLast() }
        if octets.last == UInt8(ascii: "\r") { octets.removeLast() }
        guard octets.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .notAPublicKeyLine }
        let fields = octets.split(
            separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count >= 2, !fields[0].isEmpty, !fields[1].isEmpty else {
            throw .notAPublicKeyLine
        }
        guard fields[0].elementsEqual(PublicKey.keyType.utf8) else {
            throw .unsupportedKeyType(String(decoding: fields[0], as: UTF8.self))
        }
        guard let blob = Base64.decode(fields[1]) else { throw .notBase64 }
        try self.init(wireBlob: blob[...])
    }

    /// `ssh-ed25519 AAAA…`, without comment and newline: how statements and entries name a key.
    package var openSSHText: String { String(decoding: openSSHOctets, as: UTF8.self) }

    /// ``openSSHText`` as octets, for writing into JSON without a `String`.
    package var openSSHOctets: [UInt8] {
        var line = PublicKey.linePrefix
        Base64.append([UInt8(PublicKey.octetCount)] + octets, to: &line)
        return line
    }

    /// What every line begins with: the type, and the base64 of the blob's first octets, which are
    /// the type again and the first three octets of the point's length, a multiple of three.
    private static let linePrefix: [UInt8] = {
        var blob: [UInt8] = []
        blob.appendString(keyType.utf8)
        blob += [0, 0, 0]
        var line = Array(keyType.utf8) + [UInt8(ascii: " ")]
        Base64.append(blob, to: &line)
        return line
    }()

    /// `SHA256:` and the unpadded base64 of the key's hash, as `ssh-keygen -l` prints it.
    package var fingerprint: String {
        let text = Base64.encode(Array(SHA256.hash(data: wireBlob)))
        return "SHA256:" + text.prefix { $0 != "=" }
    }

    /// The key as a field of the SSH protocol (RFC 8709 §4): type and point.
    var wireBlob: [UInt8] {
        var blob: [UInt8] = []
        blob.appendString(PublicKey.keyType.utf8)
        blob.appendString(octets)
        return blob
    }

    init(wireBlob: ArraySlice<UInt8>) throws(KeyError) {
        var reader = WireReader(wireBlob)
        let type: ArraySlice<UInt8>
        let point: ArraySlice<UInt8>
        do throws(WireFault) {
            type = try reader.string()
        } catch {
            throw .malformed(error)
        }
        // The type first: the fields of another type of key are not these.
        guard type.elementsEqual(PublicKey.keyType.utf8) else {
            throw .unsupportedKeyType(String(decoding: type, as: UTF8.self))
        }
        do throws(WireFault) {
            point = try reader.string()
            try reader.end()
        } catch {
            throw .malformed(error)
        }
        try self.init(octets: point)
    }
}
