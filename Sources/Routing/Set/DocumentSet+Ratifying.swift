extension DocumentSet {
    /// Counts documents as ratified one after the other, the first the most senior.
    ///
    /// A backend may stand behind the route that names it: all are in force together.
    ///
    /// - Throws: ``PlanFault`` when one comes twice or names a backend that is not there, with the
    ///   place of that document among the given ones as its operation.
    package init(ratifying documents: [ProposedDocument]) throws(PlanFault) {
        var keys: Set<DocumentKey> = []
        for (index, document) in documents.enumerated() {
            guard keys.insert(document.key).inserted else {
                throw PlanFault(.duplicate(document.key), operation: index)
            }
        }
        var backends: [String: Backend] = [:]
        for case .backend(let backend) in documents.map(\.document) {
            backends[backend.name] = backend
        }
        let none = DocumentSet()
        for (index, proposed) in documents.enumerated() {
            guard case .route(let route) = proposed.document else { continue }
            try none.checkReferences(
                of: route, bodyPointer: proposed.bodyPointer, operation: index
            ) { backends[$0] }
        }
        try self.init(
            restoring: documents.enumerated().map { index, document in
                RatifiedDocument(
                    proposed: document, sequence: index,
                    enactment: Enactment(entry: index, proposal: index + 1))
            })
    }
}
