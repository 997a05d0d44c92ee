internal import HTTP1
internal import Reactor

/// The canonical path of the request in hand: where it stands in the head when it came so, else
/// in space of its own, written over by the next.
struct RequestPath: ~Copyable {
    private var space = [UInt8](repeating: 0, count: HeadLimits.headOctetsCeiling)

    /// Octets of `space`; -1 when the path stands in the head.
    private var octets = 0

    private var place = OctetRange.empty

    /// What a filter made of it, for forwarding only; `changedOctets` of it, -1 for no change.
    private var changed = [UInt8](repeating: 0, count: HeadLimits.headOctetsCeiling)
    private var changedOctets = -1

    /// Brings a path to its one form.
    ///
    /// - Parameters:
    ///   - path: where it stands in the head; empty for `/`.
    ///   - input: the head.
    /// - Throws: `PathFault` when the path has no such form.
    mutating func read(_ path: OctetRange, in input: borrowing Buffer) throws(PathFault) {
        place = path
        changedOctets = -1
        if path.isEmpty {
            space[0] = 0x2F
            octets = 1
            return
        }
        var out = space.mutableSpan
        octets =
            try CanonicalPath.form(of: input.span.extracting(path.indices), into: &out) ?? -1
    }

    /// Goes on as it is, whatever a filter made of it before.
    mutating func keep() { changedOctets = -1 }

    /// Puts something in place of the path's beginning; what would be empty is `/`.
    ///
    /// - Parameters:
    ///   - replacement: what stands there.
    ///   - prefixOctets: how much of the path goes; `.max` for all of it.
    ///   - head: what the path was read from.
    /// - Returns: whether there was room.
    mutating func replace(
        _ prefixOctets: Int, by replacement: Span<UInt8>, in head: Span<UInt8>
    ) -> Bool {
        changedOctets = -1
        let octets = self.octets < 0 ? place.indices.count : self.octets
        let kept = max(0, octets - prefixOctets)
        let count = replacement.count + kept
        if count > changed.count { return false }
        for index in 0..<replacement.count { changed[index] = replacement[index] }
        for index in 0..<kept {
            let source = octets - kept + index
            changed[replacement.count + index] =
                self.octets < 0 ? head[place.indices.lowerBound + source] : space[source]
        }
        if count == 0 { changed[0] = 0x2F }
        changedOctets = max(1, count)
        return true
    }

    /// The path as it goes on; `octets` is the head that it was read from.
    @_lifetime(borrow self, copy head)
    func forwardedSpan(in head: Span<UInt8>) -> Span<UInt8> {
        changedOctets < 0 ? span(in: head) : changed.span.extracting(0..<changedOctets)
    }

    /// The path; `octets` is the head that it was read from.
    @_lifetime(borrow self, copy head)
    func span(in head: Span<UInt8>) -> Span<UInt8> {
        octets < 0 ? head.extracting(place.indices) : space.span.extracting(0..<octets)
    }
}
