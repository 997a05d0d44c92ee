/// Which routes name which backend, so that a change of one backend asks only those routes.
struct ReferenceIndex: Sendable {
    /// The names of routes, ascending, by the backend's name. Read by key only, never walked:
    /// nothing depends on a hash's order.
    private var routes: [String: [String]] = [:]

    /// The routes that name a backend, ascending.
    func routes(naming backend: String) -> [String] {
        routes[backend] ?? []
    }

    /// Notes what a route names.
    mutating func insert(_ route: HTTPRoute) {
        for backend in Self.backends(of: route) {
            let place = Self.position(of: route.name, in: routes[backend] ?? [])
            routes[backend, default: []].insert(route.name, at: place)
        }
    }

    /// Forgets what a route named.
    mutating func remove(_ route: HTTPRoute) {
        for backend in Self.backends(of: route) {
            guard let names = routes[backend] else { continue }
            let place = Self.position(of: route.name, in: names)
            guard place < names.count, names[place] == route.name else { continue }
            if names.count == 1 {
                routes[backend] = nil
            } else {
                routes[backend]?.remove(at: place)
            }
        }
    }

    private static func backends(of route: HTTPRoute) -> [String] {
        var names: [String] = []
        for reference in route.references where !names.contains(reference.backend) {
            names.append(reference.backend)
        }
        return names
    }

    private static func position(of name: String, in names: [String]) -> Int {
        var low = 0
        var high = names.count
        while low < high {
            let middle = (low + high) / 2
            if names[middle].utf8.lexicographicallyPrecedes(name.utf8) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
