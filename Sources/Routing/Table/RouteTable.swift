/// Every ratified route, compiled: immutable and flat, shared by all loops.
///
/// A request's host and path lead through two hash tables to the few matches that fit both, in the
/// order in which they win; method, headers and query are compared there.
package final class RouteTable: Sendable {
    /// The backends, by ascending name.
    package let backends: [CompiledBackend]
    /// The rules, by ascending route name, then in the order written.
    package let rules: [CompiledRule]
    /// The table digest of the documents that it was compiled from.
    package let digest: ContentDigest
    /// Where nothing is sent, whatever a backend says or a name leads to.
    package let refusedNetworks: RefusedNetworks

    @usableFromInline let matches: [CompiledMatch]
    @usableFromInline let conditions: [CompiledCondition]
    /// Indices of matches, by group, in the order in which they win.
    @usableFromInline let candidates: [Int32]
    @usableFromInline let texts: [UInt8]
    private let hosts: HostIndex
    private let paths: PathIndex

    /// Compiles the documents in force, with what is laid over them.
    ///
    /// - Complexity: O(size of the documents); a hundred thousand routes take less than a second.
    package init(compiling set: DocumentSet) {
        var builder = TableBuilder(set)
        let indexes = builder.buildIndexes()
        backends = builder.backends
        rules = builder.rules
        digest = set.tableDigest
        refusedNetworks = builder.refusedNetworks
        matches = builder.matches
        conditions = builder.conditions
        texts = builder.arena.octets
        candidates = indexes.candidates
        hosts = indexes.hosts
        paths = indexes.paths
    }

    /// Finds the rule that serves a request.
    ///
    /// Of the matches that fit, the most specific wins; between equals, the one ratified first.
    /// Compares octets and decodes nothing but the query: the path was brought to its one canonical
    /// form before, and decoding it again would open a way round a policy.
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
        var host = firstHost(for: host)
        while host >= 0 {
            var cursor = firstGroup(host: host, path: path)
            while cursor.group >= 0 {
                var candidate = firstCandidate(of: cursor.group)
                let end = endOfCandidates(of: cursor.group)
                while candidate < end {
                    let match = matches[Int(candidates[candidate])]
                    if fits(match, method: method),
                        headersFit(match, fields: fields, octets: octets),
                        queryFits(match, query: query)
                    {
                        return Decision(rule: Int(match.rule), match: Int(match.number))
                    }
                    candidate += 1
                }
                cursor = group(after: cursor)
            }
            host = nextHost(after: host)
        }
        return nil
    }
}

extension RouteTable {
    /// A group of candidates, and the prefix to go on with after an Exact path.
    @usableFromInline
    struct Cursor {
        /// The group, -1 at the end.
        @usableFromInline var group: Int32
        /// The longest prefix's group when ``group`` is of an Exact path, else -1.
        @usableFromInline var pending: Int32

        @usableFromInline
        init(group: Int32, pending: Int32) {
            self.group = group
            self.pending = pending
        }
    }

    /// The nearest host of the table, -1 for none.
    @usableFromInline
    func firstHost(for host: Span<UInt8>) -> Int32 { hosts.first(for: host) }

    /// The host to go on with when no match of one fits.
    @usableFromInline
    func nextHost(after host: Int32) -> Int32 { hosts.hosts[Int(host)].parent }

    /// The most specific group of a host that fits a path.
    @usableFromInline
    func firstGroup(host: Int32, path: Span<UInt8>) -> Cursor {
        let found = paths.lookUp(host: host, path: path)
        return found.exact >= 0
            ? Cursor(group: found.exact, pending: found.prefix)
            : Cursor(group: found.prefix, pending: -1)
    }

    /// The group to go on with when no match of one fits.
    @usableFromInline
    func group(after cursor: Cursor) -> Cursor {
        let group = paths.groups[Int(cursor.group)]
        return Cursor(group: group.isPrefix ? group.parent : cursor.pending, pending: -1)
    }

    /// The first candidate of a group.
    @usableFromInline
    func firstCandidate(of group: Int32) -> Int { Int(paths.groups[Int(group)].first) }

    /// The place after the last candidate of a group.
    @usableFromInline
    func endOfCandidates(of group: Int32) -> Int {
        let group = paths.groups[Int(group)]
        return Int(group.first) + Int(group.count)
    }
}
