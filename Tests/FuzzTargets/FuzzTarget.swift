package import HTTP1

/// What `make fuzz` searches: code that octets of strangers reach, each beside a slower reading of
/// the same rule.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// A request head, however it arrives, and what is forwarded of it.
    case requestHead = "request-head"
    /// The heads of a response, however they arrive, and what is forwarded of them.
    case responseHead = "response-head"
    /// A chunked body, however it arrives, and the same body written again.
    case chunkedBody = "chunked-body"
    /// The canonical form of a path.
    case canonicalPath = "canonical-path"
    /// A compiled route table beside one that tries every match.
    case routeMatching = "route-matching"

    /// Judges one input.
    ///
    /// - Returns: The faults that the code under test found in it, so that a test can tell which
    ///   refusals the seeds reach.
    /// - Throws: ``Broken``, when a property that holds for every input does not hold for this one.
    @discardableResult
    package func judge(_ octets: Span<UInt8>) throws(Broken) -> Set<MessageFault> {
        switch self {
        case .requestHead: try RequestHeadTarget.judge(octets)
        case .responseHead: try ResponseHeadTarget.judge(octets)
        case .chunkedBody: try ChunkedBodyTarget.judge(octets)
        case .canonicalPath: try CanonicalPathTarget.judge(octets)
        case .routeMatching: try RouteMatchingTarget.judge(octets)
        }
    }
}
