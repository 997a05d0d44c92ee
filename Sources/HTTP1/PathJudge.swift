/// Judges a path as it came, segment by segment, before anything in it is read.
///
/// A segment is what stands between separators, and `%2F` and `%5C` count as separators here
/// because an endpoint may read them so. A segment of dots that needs any escape to be one, in
/// it or at its edges, is refused.
struct PathJudge {
    /// Whether the canonical form differs from the path.
    private(set) var differs = false
    private var segmentStart = 0
    /// Dots in the segment, or 3 when it is more than dots.
    private var dots = 0
    /// Whether the segment begins behind an escaped separator or has an escaped dot.
    private var needsReading = false

    /// Judges a whole path.
    mutating func judge(_ path: Span<UInt8>) throws(PathFault) {
        guard path.count > 0, path[0] == UInt8(ascii: "/") else {
            throw PathFault(.badTarget, at: 0)
        }
        segmentStart = 1
        var index = 1
        while index < path.count {
            let octet = path[index]
            switch octet {
            case UInt8(ascii: "/"):
                try endSegment(escaped: false)
                segmentStart = index &+ 1
                index &+= 1
            case UInt8(ascii: "."):
                dots = min(dots &+ 1, 3)
                index &+= 1
            case UInt8(ascii: "%"):
                try takeEscape(path, at: index)
                index &+= 3
            default:
                guard OctetClass.isPath(octet) else {
                    throw PathFault(octet == 0 ? .nul : .badTarget, at: index)
                }
                dots = 3
                index &+= 1
            }
        }
        try endSegment(escaped: false)
    }

    private mutating func takeEscape(
        _ path: Span<UInt8>, at index: Int
    ) throws(PathFault) {
        guard let value = CanonicalPath.escape(path, at: index) else {
            throw PathFault(.badEscape, at: index)
        }
        switch value {
        case 0x00: throw PathFault(.escapedNUL, at: index)
        case UInt8(ascii: "/"), UInt8(ascii: "\\"):
            try endSegment(escaped: true)
            segmentStart = index &+ 3
            needsReading = true
        case UInt8(ascii: "."):
            dots = min(dots &+ 1, 3)
            needsReading = true
        default: dots = 3
        }
        let isLower = path[index &+ 1] >= 0x61 || path[index &+ 2] >= 0x61
        if isLower || OctetClass.isUnreserved(value) { differs = true }
    }

    /// Ends a segment at a separator or at the end of the path.
    private mutating func endSegment(escaped: Bool) throws(PathFault) {
        if dots == 1 || dots == 2 {
            guard !escaped, !needsReading else {
                throw PathFault(.escapedDotSegment, at: segmentStart)
            }
            differs = true
        }
        dots = 0
        needsReading = false
    }
}
