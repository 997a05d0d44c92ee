import CanonicalJSON
package import Routing

/// A document that an enactment changes.
struct ChangedDocument {
    /// Its kind and name.
    let key: DocumentKey
    /// What was in force.
    let before: RatifiedDocument?
    /// What will be.
    let after: ProposedDocument?

    /// Whether a backend's keepers stay what they were, and so what they did.
    fileprivate var keepsKeepers: Bool {
        guard let before, let after else { return false }
        return ["endpoints", "keepers", "networks"].allSatisfy {
            before.proposed.bodyMember($0)?.canonicalOctets
                == after.bodyMember($0)?.canonicalOctets
        }
    }
}

extension Overlays {
    /// Ends what an enactment changes the document of, where that ends it.
    ///
    /// - Parameter opened: The index at which the vote on it was opened; `nil` for none.
    mutating func end(over changes: [ChangedDocument], opened: Int?) {
        for change in changes {
            let keepsKeepers = change.keepsKeepers
            up.removeAll { standing in
                guard standing.overlay.key == change.key else { return false }
                guard standing.isEmergency else { return !keepsKeepers }
                if case .disable = standing.overlay.change, change.after == nil { return true }
                return opened.map { $0 > standing.overlay.index } ?? false
            }
            if change.after == nil {
                refusals.removeAll {
                    change.key.kind == .route && $0.subject == .route(change.key.name)
                }
            }
            guard change.key.kind == .backend, !keepsKeepers else { continue }
            undoing = undoing.filter { $0.key.key != change.key }
            undone = undone.filter { $0.key != change.key }
        }
    }

    /// Ends what cannot stand on those documents, then lays the rest over them.
    ///
    /// - Complexity: O(overlays · the routes that they concern).
    mutating func settle(on documents: inout DocumentSet) {
        while let broken = documents.unresolved(laying: up.map(\.overlay)) {
            up.removeAll { $0.overlay.index == broken.index }
        }
        documents.lay(up.map(\.overlay), refusing: refusals)
    }

    /// Whether one more overlay would stand on those documents.
    func stands(_ overlay: Overlay, on documents: DocumentSet) -> Bool {
        let others = up.filter { $0.overlay.key != overlay.key || $0.isEmergency }
        return documents.unresolved(laying: others.map(\.overlay) + [overlay])?.index
            != overlay.index
    }

    /// Keeps what an enactment takes out of force, for as long as it may be restored.
    mutating func keep(_ changes: [ChangedDocument], for restorable: Int64, at t: Int64) {
        for change in changes {
            guard let before = change.before else { continue }
            past.removeAll { $0.key == change.key && $0.digest == before.proposed.digest }
            past.append(
                PastDocument(
                    key: change.key, digest: before.proposed.digest, enactment: before.enactment,
                    t: t))
        }
        past.removeAll { $0.t + restorable < t }
    }
}

extension State {
    /// The first overlay whose end is due; `nil` while none has one.
    var liftDue: Transition? {
        overlays.up.compactMap { standing in
            standing.until.map {
                Transition(
                    instant: $0, proposal: 0, kind: .lift, overlay: standing.overlay.index)
            }
        }.min()
    }

    /// The documents and overlays once the overlay of that index has ended.
    private func lifted(_ index: Int) -> (documents: DocumentSet, overlays: Overlays) {
        var documents = documents
        var overlays = overlays
        overlays.up.removeAll { $0.overlay.index == index }
        overlays.settle(on: &documents)
        return (documents, overlays)
    }

    /// The entry that ends an overlay.
    func liftClaim(_ index: Int, at t: Int64) -> JSONValue {
        [
            "v": 1, "kind": "lift", "t": .integer(t), "overlay": .integer(Int64(index)),
            "table": .string(lifted(index).documents.tableDigest.hex),
        ]
    }

    /// Ends an overlay.
    mutating func lift(_ index: Int) {
        (documents, overlays) = lifted(index)
    }

    /// What the operator's word makes of the table.
    ///
    /// - Returns: `nil` when it cannot be taken: what it names is not in force, or is refused
    ///   already, or is not, or as much is refused as can be.
    package func refusing(
        _ subject: TableRefusal.Subject, isPermit: Bool
    ) -> (documents: DocumentSet, overlays: Overlays)? {
        var overlays = overlays
        let isRefused = overlays.refusals.contains { $0.subject == subject }
        guard isRefused == isPermit else { return nil }
        if isPermit {
            overlays.refusals.removeAll { $0.subject == subject }
        } else {
            if case .route(let name) = subject,
                documents[DocumentKey(kind: .route, name: name)] == nil
            {
                return nil
            }
            guard overlays.refusals.count < OperatorRefusal.countMax else { return nil }
            overlays.refusals.append(TableRefusal(index: entries, subject: subject))
        }
        var documents = documents
        overlays.settle(on: &documents)
        return (documents, overlays)
    }
}
