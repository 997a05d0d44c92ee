package import CanonicalJSON
import Governance
package import Routing
package import TransparencyLog

extension Forge {
    /// Disables a route, as a steward.
    ///
    /// - Throws: As ``log(_:by:)``.
    package mutating func disable(_ route: String, by number: Int) throws {
        try log(statement("emergency", by: number, ["disable": .string(route)]), by: number)
    }

    /// Restores a document, as a steward.
    ///
    /// - Throws: As ``log(_:by:)``.
    package mutating func restore(_ document: JSONValue, by number: Int) throws {
        try log(statement("emergency", by: number, ["restore": document]), by: number)
    }

    /// The members of a statement that gives a backend other endpoints.
    package func endpointsMembers(
        _ backend: String, _ addresses: [String], port: Int64 = 9001
    ) -> [String: JSONValue] {
        let key = DocumentKey(kind: .backend, name: backend)
        let document = state.documents[key]?.proposed.digest
        return [
            "backend": .string(backend),
            "document": .string(document?.hex ?? ContentDigest(of: []).hex),
            "endpoints": .array(
                addresses.map { ["address": .string($0), "port": .integer(port)] }),
        ]
    }

    /// Gives a backend other endpoints, as one of its keepers.
    ///
    /// - Throws: As ``log(_:by:)``.
    package mutating func move(
        _ backend: String, to addresses: [String], port: Int64 = 9001, by number: Int
    ) throws {
        let members = endpointsMembers(backend, addresses, port: port)
        try log(statement("endpoints", by: number, members), by: number)
    }

    /// Signs to undo a keeper.
    ///
    /// - Throws: As ``log(_:by:)``.
    package mutating func undo(_ backend: String, of keeper: Int, by number: Int) throws {
        try log(
            statement(
                "undo", by: number,
                ["backend": .string(backend), "keeper": .integer(Int64(keeper))]),
            by: number)
    }

    /// The entry by which the operator refuses something; of what cannot be, with the table as it
    /// is.
    package func refusal(
        of subject: TableRefusal.Subject, reason: String = "court order 7"
    ) -> JSONValue {
        let table = state.refusing(subject, isPermit: false)?.documents ?? state.documents
        return OperatorRefusal.refuse(subject, reason: reason, table: table.tableDigest, t: t)
    }

    /// The entry by which the operator permits something again.
    package func permit(of subject: TableRefusal.Subject) -> JSONValue {
        let table = state.refusing(subject, isPermit: true)?.documents ?? state.documents
        return OperatorRefusal.permit(subject, table: table.tableDigest, t: t)
    }

    /// The operation that gives the log another key.
    ///
    /// - Throws: The key's error when it cannot sign.
    package func logKeyChange(to next: SignerKey) throws -> JSONValue {
        let message = LogKeyChange.message(
            origin: state.origin, from: state.logKey, to: next.verifier.text)
        return [
            "op": "log-key", "key": .string(next.verifier.text),
            "sig": .string(try next.signature(of: message)),
        ]
    }

    /// A member's word on a successor of this log, as entries carry it.
    ///
    /// - Throws: ``Forge/Fault`` when the key cannot sign.
    package mutating func succession(to next: SignerKey, by number: Int) throws -> JSONValue {
        let stmt = statement(
            "succeed", by: number,
            [
                "size": .integer(Int64(tree.size)), "root": .string(tree.root.hex),
                "origin": .string(next.verifier.name), "key": .string(next.verifier.text),
            ])
        return ["stmt": stmt, "sig": .string(try Self.signature(of: stmt, by: keys[number - 1]))]
    }
}
