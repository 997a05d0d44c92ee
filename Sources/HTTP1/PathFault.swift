/// Why a path has no canonical form, and where in the path.
@usableFromInline package struct PathFault: Error, Equatable, Sendable {
    /// `badTarget`, `nul`, `badEscape`, `escapedNUL` or `escapedDotSegment`.
    @usableFromInline package let kind: MessageFault
    /// The octet at which it was seen, from the first octet of the path.
    @usableFromInline package let offset: Int

    /// A fault at an octet of the path.
    init(_ kind: MessageFault, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// The same fault as one of a request in whose head the path stands.
    ///
    /// - Parameter path: Where the path stands in the head.
    package func inRequest(_ path: OctetRange) -> MessageError {
        MessageError(kind, side: .request, at: Int(path.start) &+ offset)
    }
}
