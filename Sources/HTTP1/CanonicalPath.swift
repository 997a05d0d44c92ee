/// The one canonical form of a request path, used for matching, policies and forwarding alike
/// (reference/routing.md).
///
/// An endpoint could read an escape where the gateway saw a name. So a path that means another
/// place once its escapes are read is refused, and what is left has one spelling only.
@usableFromInline package enum CanonicalPath {
    /// Brings a request path to its canonical form.
    ///
    /// First the path is judged as it came: a dot segment that appears only by reading `%2E`,
    /// `%2F` or `%5C` as their characters is refused, and so is a NUL, raw or escaped. Then
    /// escapes of unreserved characters are read, the hexadecimal digits of the others become
    /// capitals, and literal dot segments are resolved (RFC 3986 §5.2.4, §6.2.2). Repeated
    /// slashes stay, and `%2F` stays and is never a separator.
    ///
    /// - Parameters:
    ///   - path: A path beginning with `/`, without query.
    ///   - buffer: As long as the path or longer; written only when the form differs.
    /// - Returns: How many octets of `buffer` the form takes, or `nil` when the path is canonical
    ///   as it came.
    /// - Throws: ``PathFault``, with the offset in the path.
    /// - Complexity: O(path length), one pass when the path is canonical; allocates nothing.
    package static func form(
        of path: Span<UInt8>, into buffer: inout MutableSpan<UInt8>
    ) throws(PathFault) -> Int? {
        guard !isPlain(path) else { return nil }
        var judge = PathJudge()
        try judge.judge(path)
        guard judge.differs else { return nil }
        guard buffer.count >= path.count else { throw PathFault(.headTooLarge, at: 0) }
        return rewrite(path, into: &buffer)
    }

    /// Whether a path has neither an escape nor a segment that begins with a dot, and no octet
    /// that cannot stand there: then it is canonical, as nearly all are.
    private static func isPlain(_ path: Span<UInt8>) -> Bool {
        guard path.count > 0, path[0] == UInt8(ascii: "/") else { return false }
        var before = UInt8(ascii: "/")
        for index in 1..<path.count {
            let octet = path[index]
            let isSpecial =
                octet == UInt8(ascii: "%")
                || octet == UInt8(ascii: ".") && before == UInt8(ascii: "/")
            guard !isSpecial, OctetClass.isPath(octet) else { return false }
            before = octet
        }
        return true
    }

    /// Whether a path is in its canonical form; a path that would be refused is not.
    package static func isCanonical(_ path: Span<UInt8>) -> Bool {
        var judge = PathJudge()
        do throws(PathFault) {
            try judge.judge(path)
            return !judge.differs
        } catch {
            return false
        }
    }

    /// Writes the form of a path that was judged to be good.
    private static func rewrite(
        _ path: Span<UInt8>, into buffer: inout MutableSpan<UInt8>
    ) -> Int {
        var count = 0
        var index = 0
        while index < path.count {
            if path[index] == UInt8(ascii: "/") {
                let segment = dotSegment(path, behind: index)
                if segment > 0 {
                    if segment == 2 { count = parent(buffer, count) }
                    index &+= 1 &+ segment
                    // At the end of the path its last `/` stays: `/a/..` is `/`.
                    if index == path.count {
                        buffer[count] = UInt8(ascii: "/")
                        count &+= 1
                    }
                    continue
                }
            }
            let octet = path[index]
            guard octet == UInt8(ascii: "%"), let value = escape(path, at: index) else {
                buffer[count] = octet
                count &+= 1
                index &+= 1
                continue
            }
            if OctetClass.isUnreserved(value) {
                buffer[count] = value
                count &+= 1
            } else {
                buffer[count] = UInt8(ascii: "%")
                buffer[count &+ 1] = OctetClass.upperHexDigit(value >> 4)
                buffer[count &+ 2] = OctetClass.upperHexDigit(value & 15)
                count &+= 3
            }
            index &+= 3
        }
        return count
    }

    /// 1 or 2 when a literal `.` or `..` is all there is between the `/` at an offset and the
    /// next `/` or the end; else 0.
    private static func dotSegment(_ path: Span<UInt8>, behind slash: Int) -> Int {
        var dots = 0
        var index = slash &+ 1
        while index < path.count, path[index] == UInt8(ascii: "."), dots < 3 {
            dots &+= 1
            index &+= 1
        }
        guard dots == 1 || dots == 2 else { return 0 }
        return index == path.count || path[index] == UInt8(ascii: "/") ? dots : 0
    }

    /// The length of a form without its last segment and the `/` before it.
    private static func parent(_ buffer: borrowing MutableSpan<UInt8>, _ count: Int) -> Int {
        var count = count
        while count > 0 {
            count &-= 1
            if buffer[count] == UInt8(ascii: "/") { break }
        }
        return count
    }

    /// The value of the escape at an offset, or `nil` when it is not whole.
    static func escape(_ path: Span<UInt8>, at index: Int) -> UInt8? {
        guard index &+ 2 < path.count, let high = OctetClass.hexValue(path[index &+ 1]),
            let low = OctetClass.hexValue(path[index &+ 2])
        else { return nil }
        return high << 4 | low
    }
}
