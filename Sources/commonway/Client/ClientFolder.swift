import CanonicalJSON
import Foundation

/// The folder of one's own in which the client remembers councils, tokens and receipts.
///
/// Everything in it is readable by its owner only: `councils/` holds one file for each council,
/// `receipts/` one for each statement that a council acknowledged, `unanswered/` one for each that
/// it did not answer, `last` the council used last.
struct ClientFolder: Sendable {
    /// Where it is, absolute.
    let path: String
    /// The longest file of ours, octets.
    private static let fileOctetsMax = 256 * 1024

    /// Finds the folder: `--config`, else `COMMONWAY_CONFIG`, else the XDG base directory.
    init(typed: String?) {
        let environment = ProcessInfo.processInfo.environment
        func set(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        if let chosen = typed ?? set("COMMONWAY_CONFIG") {
            path = URL(fileURLWithPath: LocalFile.expanded(chosen)).path
        } else {
            path = (set("XDG_CONFIG_HOME") ?? LocalFile.expanded("~/.config")) + "/commonway"
        }
    }

    /// The file about one council.
    func file(of address: CouncilAddress) -> String {
        let host = URLComponents(string: address.text)?.host ?? ""
        let name = host.filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-")
        }
        // Part of a digest, since two addresses may differ in what a file name cannot hold.
        return "\(path)/councils/\(name)-\(HexDigest.of(Array(address.text.utf8)).prefix(8)).json"
    }

    /// What is remembered of a council; `nil` when there was no login yet.
    ///
    /// - Throws: ``Complaint`` when the file is there and not what this program writes.
    func membership(at address: CouncilAddress) throws(Complaint) -> Membership? {
        let file = file(of: address)
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        let value = try read(file)
        guard let membership = Membership(value), membership.council == address.text else {
            throw .usage(
                "not a file that this program wrote", at: file,
                next: "move it away, then commonway login --council \(address.text) --member NAME")
        }
        return membership
    }

    /// Remembers a council, and that it was the last one used.
    func save(_ membership: Membership, at address: CouncilAddress) throws(Complaint) {
        try LocalFile.makePrivateFolder(path)
        try LocalFile.makePrivateFolder(path + "/councils")
        try LocalFile.writePrivate(membership.value.canonicalOctets, to: file(of: address))
        try LocalFile.writePrivate(Array((address.text + "\n").utf8), to: path + "/last")
    }

    /// The council used last, as typed back then.
    func lastUsed() throws(Complaint) -> String? {
        let file = path + "/last"
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        let text = try LocalFile.readText(file, limit: Self.fileOctetsMax)
        return text.split(separator: "\n").first.map { String($0) }
    }

    /// Keeps a statement with the council's signed promise to log it.
    ///
    /// - Returns: The file.
    func keep(_ receipt: Receipt) throws(Complaint) -> String {
        try LocalFile.makePrivateFolder(path)
        try LocalFile.makePrivateFolder(path + "/receipts")
        let file = receiptFile(of: receipt.hash)
        try LocalFile.writePrivate(receipt.value.canonicalOctets, to: file)
        return file
    }

    /// Keeps a request that got no answer, as it was sent.
    ///
    /// - Returns: The file.
    func keep(unanswered body: JSONValue, of statement: JSONValue) throws(Complaint) -> String {
        let folder = path + "/unanswered"
        try LocalFile.makePrivateFolder(path)
        try LocalFile.makePrivateFolder(folder)
        let file = "\(folder)/\(HexDigest.of(statement)).json"
        try LocalFile.writePrivate(body.canonicalOctets, to: file)
        return file
    }

    /// Where a statement's acknowledgement is kept, by the statement's hash.
    func receiptFile(of hash: String) -> String { "\(path)/receipts/\(hash).json" }

    private func read(_ file: String) throws(Complaint) -> JSONValue {
        let octets = try LocalFile.read(file, limit: Self.fileOctetsMax)
        do {
            return try JSONValue(parsing: octets, form: .relaxed)
        } catch {
            throw .usage("not JSON: \(error)", at: file)
        }
    }
}
