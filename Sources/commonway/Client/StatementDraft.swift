import CanonicalJSON

/// Builds the statements of docs/formats.md §2. Pure: time and nonce are arguments.
struct StatementDraft: Sendable {
    /// The member's number.
    let by: Int64
    /// The log's origin.
    let log: String
    /// 16…64 lower-case hexadecimal digits, fresh for each statement.
    let nonce: String
    /// The time after which it must not be logged, milliseconds since 1970.
    let until: Int64

    /// How long a statement may wait to be logged, unless the charter allows less; milliseconds.
    static let validityDefault: Int64 = 600_000

    /// The time until which a statement made now holds.
    ///
    /// - Parameters:
    ///   - now: Milliseconds since 1970.
    ///   - limit: The charter's `limits.statementValidity`, milliseconds; `nil` where not known.
    static func until(now: Int64, limit: Int64?) -> Int64 {
        // A tenth less than allowed: the council's clock may be a little behind ours.
        now + min(validityDefault, limit.map { $0 - $0 / 10 } ?? validityDefault)
    }

    /// Agrees to the founding.
    func join(digest: String) -> JSONValue { statement("join", ["digest": .string(digest)]) }

    /// Enrols a further key, an OpenSSH public key line without comment.
    func key(_ line: String) -> JSONValue { statement("key", ["key": .string(line)]) }

    /// Asks for a change; `reason` is the digest of its text.
    func propose(
        operations: [JSONValue], reason: String?, refiles: Int64? = nil
    ) -> JSONValue {
        var members: [String: JSONValue] = ["operations": .array(operations)]
        members["reason"] = reason.map { .string($0) }
        members["refiles"] = refiles.map { .integer($0) }
        return statement("propose", members)
    }

    /// Asks for something else in place of it.
    func revise(proposal: Int64, operations: [JSONValue], reason: String?) -> JSONValue {
        var members: [String: JSONValue] = [
            "operations": .array(operations), "proposal": .integer(proposal),
        ]
        members["reason"] = reason.map { .string($0) }
        return statement("revise", members)
    }

    /// Takes a proposal back.
    func withdraw(proposal: Int64) -> JSONValue {
        statement("withdraw", ["proposal": .integer(proposal)])
    }

    /// States a concern; `reason` is the digest of its text.
    func remark(proposal: Int64, concern: String, reason: String) -> JSONValue {
        statement(
            "remark",
            [
                "concern": .string(concern), "proposal": .integer(proposal),
                "reason": .string(reason),
            ])
    }

    /// Takes a key out of force, an OpenSSH public key line without comment.
    func retire(_ line: String, stolen: Bool) -> JSONValue {
        statement(
            "retire", stolen ? ["key": .string(line), "stolen": true] : ["key": .string(line)])
    }

    /// Ends the membership.
    func leave() -> JSONValue { statement("leave", [:]) }

    /// Proves to the council that the member holds a key; never logged.
    func account() -> JSONValue { statement("account", [:]) }

    /// Says that a proposal deserves a vote; `payload` is the digest of its operations.
    func sponsor(proposal: Int64, payload: String) -> JSONValue {
        statement("sponsor", ["payload": .string(payload), "proposal": .integer(proposal)])
    }

    /// Votes; `replaces` is the hash of one's ballot in force on this vote.
    func ballot(open: String, choice: String, head: LogHead, replaces: String?) -> JSONValue {
        var members: [String: JSONValue] = [
            "choice": .string(choice), "head": head.value, "open": .string(open),
        ]
        members["replaces"] = replaces.map { .string($0) }
        return statement("ballot", members)
    }

    /// Disables a route, as a steward.
    func disable(route: String) -> JSONValue {
        statement("emergency", ["disable": .string(route)])
    }

    /// Restores a document that was in force, as a steward.
    func restore(_ document: JSONValue) -> JSONValue {
        statement("emergency", ["restore": document])
    }

    /// Gives a backend other endpoints, as its keeper; `document` is the digest of the one in
    /// force.
    func endpoints(backend: String, document: String, _ endpoints: JSONValue) -> JSONValue {
        statement(
            "endpoints",
            [
                "backend": .string(backend), "document": .string(document),
                "endpoints": endpoints,
            ])
    }

    /// Says that a keeper should not have moved a backend.
    func undo(backend: String, keeper: Int64) -> JSONValue {
        statement("undo", ["backend": .string(backend), "keeper": .integer(keeper)])
    }

    /// The namespace of a statement's signature.
    static func namespace(ofAct act: String) -> String {
        act == "propose" ? "proposal@commonway" : act + "@commonway"
    }

    private func statement(_ act: String, _ members: [String: JSONValue]) -> JSONValue {
        var object = JSONObject()
        object["act"] = .string(act)
        object["by"] = .integer(by)
        object["log"] = .string(log)
        object["nonce"] = .string(nonce)
        object["until"] = .integer(until)
        for (name, value) in members { object[name] = value }
        return .object(object)
    }
}
