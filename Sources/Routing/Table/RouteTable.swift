/// Every ratified route, compiled: immutable and flat, shared by all loops.
package final class RouteTable: Sendable {
    /// The backends, by ascending name.
    package let backends: [CompiledBackend]
    /// The rules, by ascending route name, then in the order written.
    package let rules: [CompiledRule]
    /// The table digest of the documents that it was compiled from.
    package let digest: ContentDigest

    /// Compiles the documents in force.
    package init(compiling set: DocumentSet) {
        backends = []
        rules = []
        digest = set.tableDigest
    }

    /// Finds the rule that serves a request.
    ///
    /// Of the matches that fit, the most specific wins; between equals, the one ratified first.
    ///
    /// - Parameters:
    ///   - method: The method as it came.
    ///   - host: The host without port, any case; empty when the request has none.
    ///   - path: The path in canonical form.
    ///   - query: The query as it came, without the `?`; empty when there is none.
    ///   - fields: The header fields.
    ///   - octets: What the fields' ranges point into.
    /// - Returns: `nil` when nothing fits, which the proxy answers with 404.
    /// - Complexity: O(path length + candidates), whatever the number of routes. Allocates nothing.
    @inlinable
    package func match<Fields: RequestFields & ~Copyable & ~Escapable>(
        method: Span<UInt8>, host: Span<UInt8>, path: Span<UInt8>, query: Span<UInt8>,
        fields: borrowing Fields, octets: Span<UInt8>
    ) -> Decision? {
        nil
    }
}
