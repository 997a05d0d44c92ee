extension DocumentSet {
    /// Refuses a bundle that could not be enacted on these documents.
    ///
    /// - Complexity: O(the bundle, and the routes that name a backend that it changes).
    func check(_ bundle: OperationBundle) throws(PlanFault) {
        for (index, operation) in bundle.operations.enumerated() {
            try checkChanges(operation, index: index)
        }
        let after = { (name: String) -> Backend? in
            let key = DocumentKey(kind: .backend, name: name)
            guard let operation = bundle.operations.first(where: { $0.key == key }) else {
                return self.backend(name)
            }
            guard case .backend(let backend)? = operation.proposed?.document else { return nil }
            return backend
        }
        for (index, operation) in bundle.operations.enumerated() {
            if let proposed = operation.proposed, case .route(let route) = proposed.document {
                try checkReferences(
                    of: route, bodyPointer: proposed.bodyPointer, operation: index, after)
            }
            if operation.key.kind == .backend {
                try checkUsers(of: operation.key.name, in: bundle, operation: index, after)
            }
        }
    }

    private func checkChanges(_ operation: Operation, index: Int) throws(PlanFault) {
        let current = self[operation.key]
        switch operation {
        case .delete(let key):
            guard current != nil else { throw PlanFault(.notInForce(key), operation: index) }
        case .apply(let proposed):
            guard current?.proposed.digest != proposed.digest else {
                throw PlanFault(.noChange(proposed.key), operation: index)
            }
        }
    }

    /// Refuses a backend that is deleted, or changed, under a route that the bundle leaves alone.
    private func checkUsers(
        of backend: String, in bundle: OperationBundle, operation: Int,
        _ after: (String) -> Backend?
    ) throws(PlanFault) {
        for name in references.routes(naming: backend) {
            let key = DocumentKey(kind: .route, name: name)
            guard !bundle.operations.contains(where: { $0.key == key }),
                let user = self[key]?.proposed, case .route(let route) = user.document
            else { continue }
            guard after(backend) != nil else {
                throw PlanFault(
                    .backendInUse(backend: backend, route: name), operation: operation)
            }
            try checkReferences(
                of: route, bodyPointer: user.bodyPointer, operation: operation, after)
        }
    }

    /// Refuses a route that names a backend, or a port of one, that will not be there.
    func checkReferences(
        of route: HTTPRoute, bodyPointer: String, operation: Int?, _ after: (String) -> Backend?
    ) throws(PlanFault) {
        for reference in route.references {
            let pointer = bodyPointer + reference.pointer
            guard let backend = after(reference.backend) else {
                throw PlanFault(
                    .unknownBackend(
                        route: route.name, pointer: pointer + "/name", backend: reference.backend),
                    operation: operation)
            }
            guard let port = reference.port else { continue }
            guard backend.endpoints.contains(where: { $0.port == port }) else {
                throw PlanFault(
                    .unknownPort(
                        route: route.name, pointer: pointer + "/port",
                        backend: reference.backend, port: port),
                    operation: operation)
            }
        }
    }
}
