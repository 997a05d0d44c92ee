package import CanonicalJSON

/// A document of the route language, checked.
package enum RouteDocument: Hashable, Sendable {
    /// A route.
    case route(HTTPRoute)
    /// A backend.
    case backend(Backend)

    /// The two kinds of documents.
    package enum Kind: String, Hashable, Sendable {
        /// A route.
        case route = "HTTPRoute"
        /// A backend.
        case backend = "Backend"
    }

    /// The kind.
    package var kind: Kind {
        switch self {
        case .route: .route
        case .backend: .backend
        }
    }

    /// The name, which together with the kind is the document's identity.
    package var name: String {
        switch self {
        case .route(let route): route.name
        case .backend(let backend): backend.name
        }
    }

    /// Checks a value against the whole language as it is built.
    ///
    /// - Throws: ``DocumentFault`` with the first field that is wrong. A field that is not built
    ///   yet is refused by name, never ignored.
    package init(validating value: JSONValue) throws(DocumentFault) {
        var reader = DocumentReader()
        self = try reader.read(value)
    }
}
