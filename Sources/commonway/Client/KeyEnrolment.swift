import CanonicalJSON
import SSHSignature

/// A `key` statement that the new key has signed.
struct KeyEnrolment: Sendable {
    /// The statement.
    let statement: JSONValue
    /// The new key.
    let key: PublicKey
    /// The new key's signature.
    let cosignature: SSHSignatureBlob

    /// Makes one with a key on this machine.
    init(of newKey: SigningKey, draft: StatementDraft) throws(Complaint) {
        statement = draft.key(newKey.publicKey.openSSHText)
        key = newKey.publicKey
        cosignature = try newKey.sign(statement)
    }

    /// Reads `{"stmt":…,"cosig":…}`.
    ///
    /// - Throws: ``Complaint`` when it is anything else, or the new key did not sign it.
    init(octets: [UInt8], place: String) throws(Complaint) {
        let value: JSONValue
        do throws(JSONFault) {
            value = try JSONValue(parsing: octets, form: .relaxed)
        } catch {
            throw .usage("not JSON: \(error)", at: place)
        }
        guard let statement = value["stmt"], let base64 = value["cosig"]?.string,
            value.object?.members.count == 2, statement["act"]?.string == "key",
            let line = statement["key"]?.string
        else {
            throw .usage(
                "not {\"stmt\":…,\"cosig\":…} with a statement that enrols a key", at: place,
                next: "save it again from the page that made the key")
        }
        self.statement = statement
        key = try SigningKey.publicKey(line, at: place)
        do throws(SignatureError) {
            cosignature = try SSHSignatureBlob(base64: base64)
            try cosignature.verify(
                message: statement.canonicalOctets,
                namespace: StatementDraft.namespace(ofAct: "key"))
        } catch {
            throw .refused("the new key did not sign this: \(error)", at: place)
        }
        guard cosignature.publicKey == key else {
            throw .refused("signed by another key than the one it enrols", at: place)
        }
    }

    /// Checks that it is this member's, for this log, and still holds.
    func check(member: Int64, origin: String, now: Int64) throws(Complaint) {
        guard statement["by"]?.integer == member else {
            throw .refused(
                "it enrols a key for member \(statement["by"]?.integer ?? 0), and you are "
                    + "\(member)",
                next: "do not sign it")
        }
        guard statement["log"]?.string == origin else {
            throw .refused(
                "it is for the log \(Output.plain(statement["log"]?.string ?? "")), not \(origin)",
                next: "do not sign it")
        }
        guard let until = statement["until"]?.integer, until > now else {
            throw .refused(
                "it was to be handed in before \(Moment.text(statement["until"]?.integer ?? 0))",
                next: "make it again on the other side")
        }
    }
}
