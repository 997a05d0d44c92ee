extension SSHSignatureBlob {
    private static let armor = Armor(label: "SSH SIGNATURE")
    /// The longest text that is read, in octets: base64 of the longest blob, lines and labels.
    private static let textOctetsMax = 1_024

    /// Reads the base64 of a blob on one line, as statements carry it.
    ///
    /// - Throws: ``SignatureError/notBase64``, and what ``init(octets:)`` throws.
    package init(base64: String) throws(SignatureError) {
        try SSHSignatureBlob.check(base64)
        guard let octets = Base64.decode(base64.utf8) else { throw .notBase64 }
        try self.init(octets: octets)
    }

    /// Reads the file that `ssh-keygen -Y sign` writes.
    ///
    /// - Throws: ``SignatureError/notArmored``, and what ``init(octets:)`` throws.
    package init(armored text: String) throws(SignatureError) {
        try SSHSignatureBlob.check(text)
        guard let octets = SSHSignatureBlob.armor.unwrap(text) else { throw .notArmored }
        try self.init(octets: octets)
    }

    /// The blob in base64, on one line.
    package var base64: String { Base64.encode(octets) }

    /// The file that `ssh-keygen -Y verify` reads.
    package var armored: String { SSHSignatureBlob.armor.wrap(octets) }

    private static func check(_ text: String) throws(SignatureError) {
        let count = text.utf8.count
        guard count <= textOctetsMax else { throw .tooLong(limit: textOctetsMax, actual: count) }
    }
}
