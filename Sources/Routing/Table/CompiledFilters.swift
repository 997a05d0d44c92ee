/// The filters of a rule or of one backendRef as the gateway serves them.
package struct CompiledFilters: Hashable, Sendable {
    /// The filters in the order written, 0…16.
    package let filters: [HTTPRoute.Filter]
    /// Where the mirrors among them send their copies, in the order written.
    package let mirrors: [CompiledMirror]

    /// Filters of which the mirrors' backends were found.
    package init(filters: [HTTPRoute.Filter], mirrors: [CompiledMirror]) {
        self.filters = filters
        self.mirrors = mirrors
    }

    /// Whether there is nothing to do.
    package var isEmpty: Bool { filters.isEmpty }
}

/// A mirror with its backend found.
package struct CompiledMirror: Hashable, Sendable {
    /// The mirror's place among the filters: those before it change the copy too.
    package let position: Int
    /// The index of the backend in ``RouteTable/backends``.
    package let backend: Int
    /// The indices of the endpoints that may get copies, ascending, one at least.
    package let endpoints: [Int]
    /// Of `denominator` requests, how many are copied.
    package let numerator: Int
    /// At least 1 and the numerator.
    package let denominator: Int
}
