/// The names of hosts, as the tree that their labels make: what finds the hosts below a wildcard.
struct NameTree: Sendable {
    /// The names one label longer than a name on the way to a host, by that name; the root is the
    /// empty string.
    private var children: [String: Set<String>] = [:]

    /// Adds a name.
    ///
    /// - Complexity: O(labels that no other name has).
    mutating func insert(_ name: String) {
        var name = name
        while !name.isEmpty {
            let parent = Self.parent(of: name)
            guard children[parent, default: []].insert(name).inserted else { return }
            name = parent
        }
    }

    /// Takes a name out, and what only led to it.
    ///
    /// - Parameter isKept: Whether a name has to stay for itself.
    mutating func remove(_ name: String, keeping isKept: (String) -> Bool) {
        var name = name
        while !name.isEmpty, children[name] == nil, !isKept(name) {
            let parent = Self.parent(of: name)
            children[parent]?.remove(name)
            if children[parent]?.isEmpty == true { children[parent] = nil }
            name = parent
        }
    }

    /// Every name below one, also those that only lead to others, in no order.
    ///
    /// - Complexity: O(the names found).
    func names(below name: String) -> [String] {
        var found = Array(children[name] ?? [])
        var next = 0
        while next < found.count {
            found += children[found[next]] ?? []
            next += 1
        }
        return found
    }

    private static func parent(of name: String) -> String {
        guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return "" }
        return String(name[name.index(after: dot)...])
    }
}
