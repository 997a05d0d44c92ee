import CanonicalJSON
import Foundation
import SSHSignature

/// A newcomer's wish to be admitted: their handle with its salt, and the `join` that they signed.
struct Application: Sendable {
    /// The name that they want.
    let handle: String
    /// 32 random octets, without which the digest of a name could be guessed.
    let salt: [UInt8]
    /// The `join`.
    let statement: JSONValue
    /// The newcomer's signature, base64.
    let signature: String

    /// How long an application holds, milliseconds: 30 days, so that a discussion fits.
    private static let validity: Int64 = 30 * 86_400_000

    /// Makes one.
    ///
    /// - Throws: ``Complaint`` when the key does not sign.
    init(handle: String, key: SigningKey, origin: String, now: Int64) throws(Complaint) {
        self.handle = handle
        salt = HexDigest.randomOctets(32)
        statement = [
            "act": "join", "handle": .string(Self.digest(of: handle, salt)),
            "key": .string(key.publicKey.openSSHText), "log": .string(origin),
            "nonce": .string(HexDigest.hex(HexDigest.randomOctets(16))),
            "until": .integer(now + Self.validity),
        ]
        signature = try key.sign(statement).base64
    }

    /// Reads the file of one.
    ///
    /// - Throws: ``Complaint`` when it is anything else, or its parts do not belong together.
    init(file: String) throws(Complaint) {
        let value = try EnclosedFile.read(file)
        guard let handle = value["handle"]?.string,
            let salt = value["salt"]?.string.flatMap(HexDigest.octets(hex:)), salt.count == 32,
            let statement = value["stmt"], let signature = value["sig"]?.string,
            statement["act"]?.string == "join",
            statement["handle"]?.string == Self.digest(of: handle, salt)
        else {
            throw .usage(
                "no application of a newcomer", at: file,
                next: "the newcomer makes one with commonway apply")
        }
        try EnclosedFile.check(statement, signature, at: file)
        self.handle = handle
        self.salt = salt
        self.statement = statement
        self.signature = signature
    }

    /// The file's octets.
    var fileText: String {
        let value: JSONValue = [
            "handle": .string(handle), "salt": .string(HexDigest.hex(salt)), "stmt": statement,
            "sig": .string(signature),
        ]
        return value.canonicalText + "\n"
    }

    /// What stands in an `admit`.
    var signed: JSONValue { ["stmt": statement, "sig": .string(signature)] }

    /// Checks that it is for this log and still holds.
    func check(origin: String, now: Int64) throws(Complaint) {
        guard statement["log"]?.string == origin else {
            throw .refused(
                "\(handle) applied to the log \(Output.plain(statement["log"]?.string ?? "")), "
                    + "not to \(origin)", next: "ask for another application")
        }
        guard let until = statement["until"]?.integer, until > now else {
            throw .refused(
                "\(handle)'s application ended at "
                    + Moment.text(statement["until"]?.integer ?? 0),
                next: "ask for another one")
        }
    }

    private static func digest(of handle: String, _ salt: [UInt8]) -> String {
        HexDigest.of(Array("commonway handle".utf8) + salt + Array(handle.utf8))
    }
}

/// A statement by which a member whose keys are all lost asks for a new one.
struct Recovery: Sendable {
    /// The operation that it comes to.
    let operation: JSONValue

    /// Makes one with the new key.
    ///
    /// - Throws: ``Complaint`` when the key does not sign.
    init(member: Int64, key: SigningKey, origin: String, now: Int64) throws(Complaint) {
        let statement: JSONValue = [
            "act": "recover", "by": .integer(member),
            "key": .string(key.publicKey.openSSHText), "log": .string(origin),
            "nonce": .string(HexDigest.hex(HexDigest.randomOctets(16))),
            "until": .integer(now + 30 * 86_400_000),
        ]
        operation = [
            "op": "recover", "stmt": statement, "sig": .string(try key.sign(statement).base64),
        ]
    }

    /// Reads the file of one.
    ///
    /// - Throws: ``Complaint`` when it is anything else.
    init(file: String) throws(Complaint) {
        let value = try EnclosedFile.read(file)
        guard value["op"]?.string == "recover", let statement = value["stmt"],
            let signature = value["sig"]?.string
        else {
            throw .usage(
                "no wish for a new key", at: file,
                next: "the member makes one with commonway key recover")
        }
        try EnclosedFile.check(statement, signature, at: file)
        operation = value
    }

    /// The file's octets.
    var fileText: String { operation.canonicalText + "\n" }
}

/// Files with a statement that is to stand inside an operation.
enum EnclosedFile {
    /// Reads a file of one JSON object.
    static func read(_ file: String) throws(Complaint) -> JSONValue {
        let octets = try LocalFile.read(file, limit: LocalFile.documentOctetsMax)
        do throws(JSONFault) {
            return try JSONValue(parsing: octets, form: .relaxed)
        } catch {
            throw .usage("not JSON: \(error)", at: file)
        }
    }

    /// Checks that the key that a statement names signed it.
    static func check(
        _ statement: JSONValue, _ signature: String, at file: String
    ) throws(Complaint) {
        let namespace = StatementDraft.namespace(ofAct: statement["act"]?.string ?? "")
        do {
            let blob = try SSHSignatureBlob(base64: signature)
            let signer = try blob.verify(
                message: statement.canonicalOctets, namespace: namespace)
            guard signer.openSSHText == statement["key"]?.string else {
                throw Complaint.refused("signed by another key than the one it names", at: file)
            }
        } catch let complaint as Complaint {
            throw complaint
        } catch {
            throw .refused("the signature does not hold: \(error)", at: file)
        }
    }
}
