import CanonicalJSON

/// Reads one document in either spelling, and collects what is dropped with a notice.
struct DocumentReader {
    /// What was accepted and does nothing, in the order met.
    private(set) var notices: [DocumentNotice] = []

    /// The API version of Gateway API that the language follows.
    static let apiVersion = "gateway.networking.k8s.io/v1"

    /// What the two spellings have in common once they are told apart.
    struct Body {
        /// The document's name.
        let name: String
        /// The object that holds hostnames, rules or endpoints.
        let fields: FieldReader
        /// The members of `fields` that were read already.
        let envelope: [String]
        /// Whether this is Kubernetes' spelling, whose backendRefs must name a port.
        let isKubernetes: Bool
    }

    /// Reads a whole document.
    mutating func read(_ value: JSONValue) throws(DocumentFault) -> RouteDocument {
        let top = try FieldReader(value, at: "")
        let word = try top.requiredString("kind", expected: "HTTPRoute or Backend")
        guard let kind = RouteDocument.Kind(rawValue: word) else {
            throw top.fault("kind", "unknown kind \(word)", expected: "HTTPRoute or Backend")
        }
        if let version = try top.string("apiVersion"), version != Self.apiVersion {
            throw top.fault(
                "apiVersion", "unknown version \(version)", expected: Self.apiVersion)
        }
        let isKubernetes = top["metadata"] != nil || top["spec"] != nil
        let body = isKubernetes ? try kubernetesBody(top) : try nativeBody(top)
        switch kind {
        case .route: return .route(try route(from: body))
        case .backend:
            guard !isKubernetes, top["apiVersion"] == nil else {
                throw top.fault(
                    "kind", "Gateway API has no kind Backend",
                    expected: "kind, name and endpoints, without apiVersion")
            }
            return .backend(try Backend.read(from: body))
        }
    }

    private mutating func nativeBody(_ top: FieldReader) throws(DocumentFault) -> Body {
        let name = try documentName(top)
        try drop(["labels", "annotations"], of: top)
        return Body(
            name: name, fields: top,
            envelope: ["apiVersion", "kind", "name", "labels", "annotations"], isKubernetes: false)
    }

    private mutating func kubernetesBody(_ top: FieldReader) throws(DocumentFault) -> Body {
        try top.allow(["apiVersion", "kind", "metadata", "spec"])
        guard top["apiVersion"] != nil else {
            throw top.fault(
                nil, "apiVersion is missing", expected: "apiVersion: \(Self.apiVersion)")
        }
        guard let metadata = top["metadata"] else {
            throw top.fault(nil, "metadata is missing", expected: "metadata: {name: …}")
        }
        guard let spec = top["spec"] else {
            throw top.fault(nil, "spec is missing", expected: "spec: {rules: …}")
        }
        let head = try FieldReader(metadata, at: top.pointer(to: "metadata"))
        try head.allow(["name", "labels", "annotations"])
        let name = try documentName(head)
        try drop(["labels", "annotations"], of: head)
        let fields = try FieldReader(spec, at: top.pointer(to: "spec"))
        return Body(name: name, fields: fields, envelope: [], isKubernetes: true)
    }

    private func documentName(_ reader: FieldReader) throws(DocumentFault) -> String {
        let expected = "a DNS name of lower-case letters, digits, - and ., at most 253 octets"
        let name = try reader.requiredString("name", expected: expected)
        guard NameSyntax.isSubdomain(name) else {
            throw reader.fault("name", "\(name.debugDescription) is no name", expected: expected)
        }
        return name
    }

    private mutating func drop(_ names: [String], of reader: FieldReader) throws(DocumentFault) {
        for name in names {
            guard let value = reader[name] else { continue }
            _ = try FieldReader(value, at: reader.pointer(to: name))
            notices.append(
                DocumentNotice(
                    pointer: reader.pointer(to: name), text: "\(name) do nothing here"))
        }
    }

    /// Points something out that is in order.
    mutating func note(_ text: String, at pointer: String) {
        notices.append(DocumentNotice(pointer: pointer, text: text))
    }

    /// Drops `parentRefs`: there is one gateway. One that names a listener asks for what is not
    /// done.
    mutating func dropParentRefs(of reader: FieldReader) throws(DocumentFault) {
        guard let parents = try reader.elements("parentRefs", limit: 32) else { return }
        for (value, pointer) in parents {
            let parent = try FieldReader(value, at: pointer)
            for name in ["sectionName", "port"] where parent[name] != nil {
                throw parent.fault(
                    name, "a parentRef with \(name)",
                    expected: "none: a route is served on every listener")
            }
            try parent.allow(["group", "kind", "name", "namespace"])
        }
        notices.append(
            DocumentNotice(
                pointer: reader.pointer(to: "parentRefs"),
                text: "parentRefs do nothing here: there is one gateway"))
    }
}
