package import CanonicalJSON

/// A document as proposed: the value as given, its digest, and what it says.
package struct ProposedDocument: Hashable, Sendable {
    /// The value as given; the digest depends on nothing else, so no default or normalisation of
    /// a later release can change it.
    package let value: JSONValue
    /// SHA-256 of the value's canonical octets.
    package let digest: ContentDigest
    /// What it says.
    package let document: RouteDocument
    /// What it holds that does nothing here.
    package let notices: [DocumentNotice]

    /// Checks a value.
    ///
    /// - Throws: ``DocumentFault`` with the first field that is wrong.
    package init(validating value: JSONValue) throws(DocumentFault) {
        self.value = value
        digest = ContentDigest(of: value.canonicalOctets)
        var reader = DocumentReader()
        document = try reader.read(value)
        notices = reader.notices
    }

    /// Where hostnames and rules stand in the value: `/spec` in Kubernetes' spelling.
    var bodyPointer: String { value["spec"] == nil ? "" : "/spec" }

    /// A member of the document's body as given; of its `spec` in Kubernetes' spelling.
    package func bodyMember(_ name: String) -> JSONValue? { (value["spec"] ?? value)[name] }

    /// The document's identity.
    package var key: DocumentKey { DocumentKey(kind: document.kind, name: document.name) }
}

/// What a document is known by: its kind and name.
package struct DocumentKey: Hashable, Sendable {
    /// The kind.
    package let kind: RouteDocument.Kind
    /// The name.
    package let name: String

    /// A key.
    package init(kind: RouteDocument.Kind, name: String) {
        self.kind = kind
        self.name = name
    }

    /// Whether a document can have that name: a DNS subdomain in lower case.
    package static func isValidName(_ name: String) -> Bool { NameSyntax.isSubdomain(name) }

    /// `HTTPRoute/library`, as the table digest spells it.
    package var text: String { "\(kind.rawValue)/\(name)" }
}

extension DocumentKey: Comparable {
    /// By kind, then by the name, which for names that documents can have is by its octets: they
    /// are ASCII.
    package static func < (left: DocumentKey, right: DocumentKey) -> Bool {
        left.kind == right.kind ? left.name < right.name : left.kind == .backend
    }
}
