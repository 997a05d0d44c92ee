extension PrivateKey {
    /// The longest private key file that is read, in octets; an Ed25519 key's is about 400.
    package static let fileOctetsMax = 16_384

    private static let armor = Armor(label: "OPENSSH PRIVATE KEY")
    private static let magic = Array("openssh-key-v1\u{0}".utf8)
    private static let none = "none"
    /// Without a cipher the private section is padded to this many octets.
    private static let blockOctets = 8

    /// Reads the text of an OpenSSH private key file (OpenSSH PROTOCOL.key).
    ///
    /// - Throws: ``KeyError/encrypted(cipher:)`` when the file has a passphrase, so that the caller
    ///   signs through `ssh-keygen`; other ``KeyError``s for other types of key and for files whose
    ///   parts contradict each other.
    package init(openSSHFile text: String) throws(KeyError) {
        let length = text.utf8.count
        guard length <= PrivateKey.fileOctetsMax else {
            throw .tooLong(limit: PrivateKey.fileOctetsMax, actual: length)
        }
        guard let octets = PrivateKey.armor.unwrap(text) else { throw .notAPrivateKeyFile }
        let outer = try Outer(octets: octets)
        guard outer.cipher.elementsEqual(PrivateKey.none.utf8) else {
            throw .encrypted(cipher: String(decoding: outer.cipher, as: UTF8.self))
        }
        guard outer.derivation.elementsEqual(PrivateKey.none.utf8), outer.options.isEmpty else {
            throw .inconsistent(.keyDerivation)
        }
        guard outer.keyCount == 1 else { throw .severalKeys(count: outer.keyCount) }
        let publicKey = try PublicKey(wireBlob: outer.publicKey)
        let inner = try Inner(octets: outer.section)
        guard inner.check.0 == inner.check.1 else { throw .inconsistent(.checkIntegers) }
        guard inner.type.elementsEqual(PublicKey.keyType.utf8) else {
            throw .unsupportedKeyType(String(decoding: inner.type, as: UTF8.self))
        }
        let both = PrivateKey.seedOctets + PublicKey.octetCount
        guard inner.secret.count == both else { throw .wrongLength(octets: inner.secret.count) }
        try self.init(seed: inner.secret.prefix(PrivateKey.seedOctets))
        guard self.publicKey == publicKey, inner.publicKey.elementsEqual(publicKey.octets),
            inner.secret.suffix(PublicKey.octetCount).elementsEqual(publicKey.octets)
        else { throw .inconsistent(.publicKey) }
        let padding = inner.padding
        guard padding.count < PrivateKey.blockOctets,
            outer.section.count.isMultiple(of: PrivateKey.blockOctets),
            padding.enumerated().allSatisfy({ Int($1) == $0 + 1 })
        else { throw .inconsistent(.padding) }
    }

    /// The text of an unencrypted OpenSSH private key file: to be written with mode 0600.
    ///
    /// - Parameters:
    ///   - checkInteger: Any number; OpenSSH draws it at random.
    ///   - comment: What `ssh-keygen` shows beside the key; one line.
    package func openSSHFile(checkInteger: UInt32, comment: String) -> String {
        var section: [UInt8] = []
        section.appendUInt32(checkInteger)
        section.appendUInt32(checkInteger)
        section.appendString(PublicKey.keyType.utf8)
        section.appendString(publicKey.octets)
        section.appendString(seed + publicKey.octets)
        section.appendString(comment.utf8)
        var padding: UInt8 = 1
        while !section.count.isMultiple(of: PrivateKey.blockOctets) {
            section.append(padding)
            padding += 1
        }

        var file = PrivateKey.magic
        file.appendString(PrivateKey.none.utf8)
        file.appendString(PrivateKey.none.utf8)
        file.appendString([])
        file.appendUInt32(1)
        file.appendString(publicKey.wireBlob)
        file.appendString(section)
        return PrivateKey.armor.wrap(file)
    }

    /// What anybody can read in a key file.
    private struct Outer {
        let cipher, derivation, options: ArraySlice<UInt8>
        let keyCount: UInt32
        let publicKey, section: ArraySlice<UInt8>

        init(octets: [UInt8]) throws(KeyError) {
            guard octets.starts(with: magic) else { throw .notAPrivateKeyFile }
            var reader = WireReader(octets[...])
            do throws(WireFault) {
                _ = try reader.fixed(magic.count)
                cipher = try reader.string()
                derivation = try reader.string()
                options = try reader.string()
                keyCount = try reader.uint32()
                publicKey = try reader.string()
                section = try reader.string()
                // A file of several keys has several public keys here; its count is judged later.
                if keyCount == 1 { try reader.end() }
            } catch {
                throw .malformed(error)
            }
        }
    }

    /// The section that a passphrase would encrypt.
    private struct Inner {
        let check: (UInt32, UInt32)
        let type, publicKey, secret, comment, padding: ArraySlice<UInt8>

        init(octets: ArraySlice<UInt8>) throws(KeyError) {
            var reader = WireReader(octets)
            do throws(WireFault) {
                check = (try reader.uint32(), try reader.uint32())
                type = try reader.string()
                publicKey = try reader.string()
                secret = try reader.string()
                comment = try reader.string()
                padding = reader.rest()
            } catch {
                throw .malformed(error)
            }
        }
    }
}
