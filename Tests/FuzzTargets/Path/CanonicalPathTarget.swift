import HTTP1

/// The canonical form of a path: the one that the rules give, its own form, and never a way to
/// another place.
enum CanonicalPathTarget {
    static func judge(_ octets: Span<UInt8>) throws(Broken) -> Set<MessageFault> {
        let path = Octets.array(octets)
        let naive = NaivePath.form(of: path)
        switch form(path) {
        case .failure(let fault):
            try require(naive == nil, "the rules take what is refused: \(fault)")
            try require((0...path.count).contains(fault.offset), "the place of \(fault)")
            try require(!CanonicalPath.isCanonical(octets), "a refused path is not canonical")
            return [fault.kind]
        case .success(let changed):
            let form = changed ?? path
            try requireEqual(form, naive ?? [], "the form, by the rules")
            try requireEqual(
                CanonicalPath.isCanonical(octets), changed == nil, "whether it is canonical")
            try require(form.count <= path.count, "a form is no longer than the path")
            guard case .success(nil) = self.form(form) else {
                throw Broken("the form of a form is itself: \(Octets.shown(form))")
            }
            let seen = NaivePath.unescaped(form)
            try requireEqual(NaivePath.dotSegments(seen), 0, "dot segments, however it is read")
            return []
        }
    }

    /// The form that was written; `.success(nil)` when the path stays.
    private static func form(_ path: [UInt8]) -> Result<[UInt8]?, PathFault> {
        // Longer than it must be, and not empty, so that octets behind the form would show.
        var buffer = [UInt8](repeating: 0xAA, count: path.count + 1)
        var span = buffer.mutableSpan
        do throws(PathFault) {
            let count = try CanonicalPath.form(of: path.span, into: &span)
            return .success(count.map { Array(buffer[..<$0]) })
        } catch {
            return .failure(error)
        }
    }
}
