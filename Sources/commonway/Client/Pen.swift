import CanonicalJSON
import SSHSignature

/// Signs statements as one member and hands them in.
struct Pen: Sendable {
    /// The council that they are for.
    let client: Client
    /// Who signs.
    let membership: Membership
    /// What the council says of its community, checked against what was pinned.
    let community: Community
    /// What signs.
    let key: SigningKey

    /// What the council answered to a statement.
    struct Answer: Sendable {
        /// The whole answer.
        let value: JSONValue
        /// Whether the statement is new; otherwise it was handed in before.
        let isNew: Bool
        /// The file with the receipt.
        let receiptFile: String
    }

    /// Takes up the pen: finds the session, the key and the log that the community has.
    ///
    /// - Parameter keyPath: A key other than the one remembered.
    static func take(_ client: Client, keyPath: String?) async throws(Complaint) -> Pen {
        let membership = try client.member()
        let key = try SigningKey(keyPath ?? membership.keyPath)
        let community = try await Community.ask(client.api)
        try community.check(
            against: membership.card, file: client.folder.file(of: client.address))
        return Pen(client: client, membership: membership, community: community, key: key)
    }

    /// The beginning of a statement made now.
    func draft() -> StatementDraft {
        StatementDraft(
            by: membership.member, log: community.card.origin,
            nonce: HexDigest.hex(HexDigest.randomOctets(16)),
            until: StatementDraft.until(now: Moment.now, limit: community.statementValidity))
    }

    /// Signs a statement, hands it in, checks the acknowledgement and keeps it.
    ///
    /// - Parameters:
    ///   - cosignature: A new key's signature, for `key` statements.
    ///   - texts: Texts outside the log whose digests the statement names.
    /// - Throws: ``Complaint`` with the council's reason, or when its acknowledgement is not signed
    ///   by the log's key: then the statement may be in the log, and the words say so.
    func handIn(
        _ statement: JSONValue, cosignature: String? = nil, texts: [JSONValue] = []
    ) async throws(Complaint) -> Answer {
        let signature = try key.sign(statement).base64
        Output.words("signed \(StatementText.summary(statement)) with \(key.publicKey.fingerprint)")
        var body = JSONObject()
        body["stmt"] = statement
        body["sig"] = .string(signature)
        body["cosig"] = cosignature.map { .string($0) }
        if !texts.isEmpty { body["texts"] = .array(texts) }
        let answer = try await post(.object(body), of: statement)
        let acknowledgement = answer.value["ack"]?.string ?? ""
        try Evidence(card: community.card).check(
            acknowledgement: acknowledgement, ofStatement: HexDigest.of(statement))
        let receipt = Receipt(
            statement: statement, signature: signature, cosignature: cosignature,
            acknowledgement: acknowledgement)
        let file = try client.folder.keep(receipt)
        return Answer(value: answer.value, isNew: answer.isNew, receiptFile: file)
    }

    /// A statement that gets no answer is kept as it was sent: another member may hand it in, and a
    /// witness that is shown it lists when that was.
    private func post(
        _ body: JSONValue, of statement: JSONValue
    ) async throws(Complaint) -> (value: JSONValue, isNew: Bool) {
        do {
            return try await client.api.post("/statements", body)
        } catch {
            guard error.status == .unreachable else { throw error }
            let file = try client.folder.keep(unanswered: body, of: statement)
            Output.words("the signed statement is kept in \(file)")
            Output.words("show it to a witness: curl --data @\(file) WITNESS/statements")
            throw error
        }
    }

    /// Says what became of a statement: its hash as data, or the whole answer as JSON.
    func report(_ answer: Answer, asJSON: Bool, data: String, words: String) throws(Complaint) {
        let entry = answer.value["index"]?.integer.map { "entry \($0)" } ?? "waiting for its entry"
        Output.words(
            Style.error.green(answer.isNew ? "accepted" : "accepted before")
                + ": \(words), \(entry)")
        Output.words("receipt: \(answer.receiptFile)")
        try Output.data(asJSON ? answer.value.canonicalText : data)
    }
}
