import HTTP1
import Routing

/// A compiled table: it decides as one that tries every match, and its paths are those that a
/// request can have.
enum RouteMatchingTarget {
    static func judge(_ octets: Span<UInt8>) throws(Broken) -> Set<MessageFault> {
        let script = try RouteScript(Octets.array(octets))
        try checkPaths(script.set)
        let table = RouteTable(compiling: script.set)
        let naive = NaiveMatcher(script.set)
        for request in script.requests {
            let expected = naive.decide(request)
            let decision = table.decide(request)
            let rule = decision.map { table.rules[$0.rule] }
            let label = rule.map { "\($0.route)/\($0.rule)" } ?? "404"
            try requireEqual(label, expected.label, "the rule for \(request)")
            try requireEqual(decision?.match ?? -1, expected.match, "the match for \(request)")
        }
        return []
    }

    /// Checks that no rule waits for a spelling that HTTP1 would write otherwise.
    private static func checkPaths(_ set: DocumentSet) throws(Broken) {
        for document in set.documents {
            guard case .route(let route) = document.proposed.document else { continue }
            for match in route.rules.flatMap(\.matches) where !match.path.value.isEmpty {
                let path = Array(match.path.value.utf8)
                var buffer = [UInt8](repeating: 0, count: path.count)
                var span = buffer.mutableSpan
                let isRewritten: Bool
                do throws(PathFault) {
                    isRewritten = try CanonicalPath.form(of: path.span, into: &span) != nil
                } catch {
                    // No request has such a path; the rule only waits in vain.
                    isRewritten = false
                }
                try require(!isRewritten, "a rule's path is canonical: \(match.path.value)")
            }
        }
    }
}
