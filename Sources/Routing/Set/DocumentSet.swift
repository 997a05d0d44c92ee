import Crypto

/// The documents in force: the one thing that a vote changes and that a table is compiled from.
package struct DocumentSet: Sendable {
    /// The documents, by ascending key.
    package private(set) var documents: [RatifiedDocument] = []
    /// SHA-256 over the canonical JSON of the array, by ascending key, of
    /// `["HTTPRoute/library","<document digest>",<sequence>,"<overlay>"]`, the overlay empty for
    /// none; with more of them for what overlays and refusals add (docs/formats.md §1).
    package private(set) var tableDigest = ContentDigest(of: Array("[]".utf8))
    /// The elements of that array for the documents alone, in their order.
    private(set) var text = TableText()
    /// How far a digest over that text was, here and there; see ``TableHasher``.
    private(set) var marks: [SHA256] = []
    /// What is laid over the documents without a vote, by ascending index. An overlay whose
    /// document is gone has no effect.
    package private(set) var overlays: [Overlay] = []
    /// What the operator refuses to serve, by ascending index.
    package private(set) var refusals: [TableRefusal] = []
    /// The routes that name a backend, by the backend's name.
    private(set) var references = ReferenceIndex()
    /// Every match of every route, for plans.
    private(set) var matches = MatchIndex()

    /// Nothing in force.
    package init() {}

    /// Puts documents read back from a snapshot in force.
    ///
    /// - Throws: ``PlanFault`` when one comes twice or names a backend that is not there.
    package init(restoring documents: [RatifiedDocument]) throws(PlanFault) {
        // In order, so that each is put at the end.
        for document in documents.sorted(by: { $0.key < $1.key }) { append(document) }
        for (document, next) in zip(self.documents, self.documents.dropFirst())
        where document.key == next.key {
            throw PlanFault(.duplicate(document.key))
        }
        for case .route(let route) in self.documents.map(\.proposed.document) {
            try checkReferences(of: route, bodyPointer: "", operation: nil) { self.backend($0) }
        }
        tableDigest = digest()
    }

    /// The document of that kind and name.
    ///
    /// - Complexity: O(log n).
    package subscript(key: DocumentKey) -> RatifiedDocument? {
        let place = position(of: key)
        return place < documents.count && documents[place].key == key ? documents[place] : nil
    }

    /// Enacts a bundle, whole or not at all: after a throw nothing has changed.
    ///
    /// - Throws: ``PlanFault``.
    /// - Complexity: O(n) for the digest, with a small constant: the octets of each element are
    ///   kept.
    package mutating func apply(
        _ bundle: OperationBundle, by enactment: Enactment
    ) throws(PlanFault) {
        apply(try change(by: bundle, enactment))
    }

    /// Enacts what ``change(by:_:)`` gave for these documents.
    ///
    /// - Complexity: O(n) for moving elements aside; the digest is the one that it brings.
    package mutating func apply(_ change: DocumentChange) {
        guard change.base == tableDigest else {
            preconditionFailure("a change is applied to the documents that gave it")
        }
        perform(change.bundle, by: change.enactment)
        tableDigest = change.tableDigest
        marks = change.marks
    }

    /// Changes the documents and leaves the table digest to its caller.
    mutating func perform(_ bundle: OperationBundle, by enactment: Enactment) {
        for operation in bundle.operations {
            guard let document = ratified(operation, by: enactment) else {
                remove(operation.key)
                continue
            }
            put(document)
        }
    }

    /// The document that an operation puts in force; a name keeps its seniority.
    func ratified(
        _ operation: Operation, by enactment: Enactment
    ) -> RatifiedDocument? {
        guard case .apply(let proposed) = operation else { return nil }
        return RatifiedDocument(
            proposed: proposed, sequence: self[operation.key]?.sequence ?? enactment.entry,
            enactment: enactment)
    }

    /// The set after a bundle; this one stays as it is.
    ///
    /// - Throws: ``PlanFault``.
    package func applying(
        _ bundle: OperationBundle, by enactment: Enactment
    ) throws(PlanFault) -> DocumentSet {
        var copy = self
        try copy.apply(bundle, by: enactment)
        return copy
    }

    /// Lays other overlays over the documents, and refuses other things, in place of those so far.
    ///
    /// ``apply(_:by:)`` leaves both as they are: which of them an enactment ends is for the rules
    /// of governance to say, as it is that every reference leads somewhere
    /// (``unresolved(laying:)``).
    ///
    /// - Complexity: That of the table digest, as in ``apply(_:by:)``.
    package mutating func lay(_ overlays: [Overlay], refusing refusals: [TableRefusal]) {
        self.overlays = overlays.sorted { $0.index < $1.index }
        self.refusals = refusals.sorted { $0.index < $1.index }
        tableDigest = digest()
    }

    /// The documents as ratified, with nothing laid over them: what plans are about.
    package var ratified: DocumentSet {
        if overlays.isEmpty && refusals.isEmpty { return self }
        var copy = self
        copy.lay([], refusing: [])
        return copy
    }

    /// The backend of that name.
    func backend(_ name: String) -> Backend? {
        guard
            case .backend(let backend)? = self[DocumentKey(kind: .backend, name: name)]?.proposed
                .document
        else { return nil }
        return backend
    }

    /// The first place whose key is not below the given one.
    func position(of key: DocumentKey) -> Int {
        var low = 0
        var high = documents.count
        while low < high {
            let middle = (low + high) / 2
            if documents[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Puts a document behind all others.
    private mutating func append(_ document: RatifiedDocument) {
        text.insert(document.element(), at: documents.count)
        documents.append(document)
        index(document)
    }

    /// Puts a document where its key belongs, in the place of one of that key.
    private mutating func put(_ document: RatifiedDocument) {
        let place = position(of: document.key)
        if place < documents.count, documents[place].key == document.key {
            forget(documents[place])
            documents[place] = document
            text.replace(place, by: document.element())
        } else {
            documents.insert(document, at: place)
            text.insert(document.element(), at: place)
        }
        marks = TableHasher.marks(marks, before: place)
        index(document)
    }

    private mutating func index(_ document: RatifiedDocument) {
        if case .route(let route) = document.proposed.document {
            references.insert(route)
            matches.insert(route, sequence: document.sequence)
        }
    }

    private mutating func remove(_ key: DocumentKey) {
        let place = position(of: key)
        guard place < documents.count, documents[place].key == key else { return }
        forget(documents.remove(at: place))
        text.remove(at: place)
        marks = TableHasher.marks(marks, before: place)
    }

    private mutating func forget(_ document: RatifiedDocument) {
        if case .route(let route) = document.proposed.document {
            references.remove(route)
            matches.remove(route)
        }
    }
}

extension DocumentSet: Hashable {
    /// Whether the same documents are in force with the same seniority by the same enactments,
    /// and the same is laid over them.
    package static func == (left: DocumentSet, right: DocumentSet) -> Bool {
        left.tableDigest == right.tableDigest && left.documents == right.documents
            && left.overlays == right.overlays && left.refusals == right.refusals
    }

    /// Feeds the table digest, which follows from all that is compared, to a hasher.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(tableDigest)
    }
}
