internal import HTTP1
internal import Reactor

/// The canonical path of the request in hand: where it stands in the head when it came so, else
/// in space of its own, written over by the next.
struct RequestPath: ~Copyable {
    private var space = [UInt8](repeating: 0, count: HeadLimits.headOctetsCeiling)

    /// Octets of `space`; -1 when the path stands in the head.
    private var octets = 0

    private var place = OctetRange.empty

    /// Brings a path to its one form.
    ///
    /// - Parameters:
    ///   - path: where it stands in the head; empty for `/`.
    ///   - input: the head.
    /// - Throws: `PathFault` when the path has no such form.
    mutating func read(_ path: OctetRange, in input: borrowing Buffer) throws(PathFault) {
        place = path
        if path.isEmpty {
            space[0] = 0x2F
            octets = 1
            return
        }
        var out = space.mutableSpan
        octets =
            try CanonicalPath.form(of: input.span.extracting(path.indices), into: &out) ?? -1
    }

    /// The path; `octets` is the head that it was read from.
    @_lifetime(borrow self, copy head)
    func span(in head: Span<UInt8>) -> Span<UInt8> {
        octets < 0 ? head.extracting(place.indices) : space.span.extracting(0..<octets)
    }
}
