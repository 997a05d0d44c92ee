extension DocumentSet {
    /// The first of these overlays that cannot stand: laid on the documents in the order of their
    /// indices, a route would then name a backend that is not there, or a port that none of its
    /// endpoints has.
    ///
    /// Endpoints of a backend that one of these overlays restores have no effect, and are not
    /// looked at. What ``overlays`` holds does not matter.
    ///
    /// - Returns: `nil` when all stand.
    /// - Complexity: O(the overlays, and the routes that name a backend that one changes).
    package func unresolved(laying overlays: [Overlay]) -> Overlay? {
        let restored = Set(overlays.filter(\.isRestore).map(\.key))
        var laid = LaidReferences(documents: self)
        for overlay in overlays.sorted(by: { $0.index < $1.index }) {
            switch overlay.change {
            case .disable: continue
            case .restore(let document):
                guard laid.stands(with: document.proposed.document) else { return overlay }
            case .endpoints(let list, _):
                let name = overlay.key.name
                guard !restored.contains(overlay.key), backend(name) != nil else { continue }
                guard laid.stands(withEndpoints: list, of: name) else { return overlay }
            }
        }
        return nil
    }

    /// The overlays but those that cannot stand.
    ///
    /// Governance ends those, so that in a state none is left out here. It matters where somebody
    /// asks what another enactment would do: a table must not be compiled of references that lead
    /// nowhere.
    var standingOverlays: [Overlay] {
        var standing = overlays
        while let overlay = unresolved(laying: standing) {
            standing.removeAll { $0 == overlay }
        }
        return standing
    }
}

extension Overlay {
    fileprivate var isRestore: Bool {
        if case .restore = change { true } else { false }
    }
}

/// What routes name and backends have while overlays are laid on one by one.
private struct LaidReferences {
    let documents: DocumentSet
    private var routes: [String: HTTPRoute] = [:]
    private var endpoints: [String: [Backend.Endpoint]] = [:]

    init(documents: DocumentSet) {
        self.documents = documents
    }

    /// Puts a document in place; whether the references that this concerns lead somewhere.
    mutating func stands(with document: RouteDocument) -> Bool {
        switch document {
        case .route(let route):
            routes[route.name] = route
            return resolves(route)
        case .backend(let backend):
            return stands(withEndpoints: backend.endpoints, of: backend.name)
        }
    }

    /// Gives a backend endpoints; whether the references that this concerns lead somewhere.
    mutating func stands(withEndpoints list: [Backend.Endpoint], of backend: String) -> Bool {
        endpoints[backend] = list
        return users(of: backend).allSatisfy(resolves)
    }

    private func users(of backend: String) -> [HTTPRoute] {
        let ratified = documents.references.routes(naming: backend)
            .filter { routes[$0] == nil }
            .compactMap { documents[DocumentKey(kind: .route, name: $0)]?.proposed.route }
        return ratified
            + routes.values.filter { $0.references.contains { $0.backend == backend } }
    }

    private func resolves(_ route: HTTPRoute) -> Bool {
        route.references.allSatisfy { reference in
            guard
                let list = endpoints[reference.backend]
                    ?? documents.backend(reference.backend)?.endpoints
            else { return false }
            return reference.port == nil || list.contains { $0.port == reference.port }
        }
    }
}
