/// Base64 between a BEGIN and an END line, as OpenSSH writes its keys and signatures.
struct Armor {
    /// The characters of base64 on a line that OpenSSH writes.
    static let columns = 70

    /// What stands on the BEGIN and END lines, such as `SSH SIGNATURE`.
    let label: String

    private var begin: String { "-----BEGIN \(label)-----" }
    private var end: String { "-----END \(label)-----" }

    /// Writes the armour, with a final newline.
    func wrap(_ octets: [UInt8]) -> String {
        var text = begin + "\n"
        var rest = Base64.encode(octets)[...]
        while !rest.isEmpty {
            text += rest.prefix(Armor.columns) + "\n"
            rest = rest.dropFirst(Armor.columns)
        }
        return text + end + "\n"
    }

    /// Reads the octets back; lines may end in CR LF, nothing may stand before or after.
    ///
    /// - Returns: `nil` when a line is missing or what is between them is no canonical base64.
    func unwrap(_ text: String) -> [UInt8]? {
        var lines = text.utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        ).map { line in line.last == UInt8(ascii: "\r") ? line.dropLast() : line }
        if let last = lines.last, last.isEmpty { lines.removeLast() }
        guard lines.count >= 3, lines[0].elementsEqual(begin.utf8),
            lines[lines.count - 1].elementsEqual(end.utf8)
        else { return nil }
        return Base64.decode(lines[1..<(lines.count - 1)].flatMap { Array($0) })
    }
}
