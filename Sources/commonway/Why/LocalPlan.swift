import CanonicalJSON
import Documents
import Routing

/// A plan computed here, on documents of files or of a verified log.
struct LocalPlan {
    /// What `POST /plan` would answer.
    let planned: PlannedProposal
    /// The documents before.
    let before: DocumentSet
    /// The documents after.
    let after: DocumentSet

    /// Plans operations; those that would change nothing are named, and left out.
    ///
    /// - Throws: ``Complaint`` when they could not be enacted, with the field in the file.
    init(_ operations: JSONValue, from files: [LocatedDocument], on base: DocumentsInForce)
        throws(Complaint)
    {
        // What is in force for a while without a vote is no part of a plan.
        before = base.documents.ratified
        if before != base.documents {
            Output.words("note: planned on the documents as ratified, without overlays")
        }
        let changing = Self.changing(operations.array ?? [], on: before)
        guard !changing.isEmpty else {
            planned = .nothing(operations)
            after = before
            return
        }
        do throws(PlanFault) {
            let bundle = try OperationBundle(validating: .array(changing))
            let plan = try Plan(bundle, on: before)
            after = try before.applying(bundle, by: base.nextEnactment)
            planned = PlannedProposal(value: plan.answer(for: bundle, on: before))
        } catch {
            let document = error.operation.flatMap { index in
                files.first { Self.operation(of: $0) == changing[index] }
            }
            throw .usage(
                document.map { DocumentFiles.message(of: error, in: $0) } ?? "\(error)",
                next: "mend the operations")
        }
    }

    private static func operation(of document: LocatedDocument) -> JSONValue? {
        OperationBundle.operations(of: [document.value]).array?.first
    }

    private static func changing(_ operations: [JSONValue], on base: DocumentSet) -> [JSONValue] {
        let keys = Set(base.documents.map(\.proposed.digest.hex))
        return PlannedProposal.changing(operations) { keys.contains($0) }
    }
}

extension PlannedProposal {
    /// What is planned for operations that change nothing.
    static func nothing(_ operations: JSONValue) -> PlannedProposal {
        let plan: JSONValue = ["changes": [], "class": "routine", "moves": []]
        return PlannedProposal(value: [
            "payload": .string(HexDigest.of(operations)), "plan": plan,
            "digest": .string(HexDigest.of(plan)), "class": "routine", "reasons": [],
            "rules": [], "notices": [], "shadow": ["changes": []],
        ])
    }

    /// The operations that change something; the others are named to people.
    ///
    /// - Parameter isInForce: Whether a document of that digest is in force.
    static func changing(
        _ operations: [JSONValue], isInForce: (String) -> Bool
    ) -> [JSONValue] {
        operations.filter { operation in
            guard operation["op"]?.string == "apply", let document = operation["document"],
                isInForce(HexDigest.of(document))
            else { return true }
            let name = StatementText.operations([operation]).joined()
            Output.words("note: \(name) changes nothing; leave it out of a proposal")
            return false
        }
    }
}
