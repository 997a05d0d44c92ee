/// From a host of the table and a request's path to the candidates that fit both.
struct PathIndex: Sendable {
    /// The matches of one host and one path, in the order in which they win.
    struct Group: Sendable {
        /// The host.
        let host: Int32
        /// The path; a prefix without its final `/`.
        let path: TextRange
        /// Whether the path is a prefix.
        let isPrefix: Bool
        /// The first of its candidates.
        var first: Int32 = 0
        /// How many candidates it has.
        var count: Int32 = 0
        /// The next shorter prefix of the same host, -1 for none.
        var parent: Int32 = -1
    }

    /// What is known of a host before its paths are looked up.
    private struct Bounds: Sendable {
        /// The group of `PathPrefix /`, -1 for none.
        var root: Int32 = -1
        /// The octets of the longest prefix.
        var prefixMax: Int32 = 0
        /// The octets of the longest Exact path.
        var exactMax: Int32 = 0
    }

    /// The groups.
    private(set) var groups: [Group] = []
    private var bounds: [Bounds]
    private let texts: [UInt8]
    private let hash: KeyedHash
    private var slots: HashSlots

    /// An empty index.
    init(hostCount: Int, capacity: Int, texts: [UInt8], hash: KeyedHash) {
        bounds = Array(repeating: Bounds(), count: hostCount)
        self.texts = texts
        self.hash = hash
        slots = HashSlots(capacity: capacity)
    }

    /// Counts one candidate more for a host and path.
    ///
    /// - Returns: The group, or `nil` when keys collide under this hash too much.
    mutating func add(host: Int32, path: TextRange, isPrefix: Bool) -> Int32? {
        let key = key(host: host, path: path, isPrefix: isPrefix)
        let tag = HashSlots.tag(of: key)
        var slot = slots.slot(of: key)
        for _ in 0..<HashSlots.runMax {
            let value = slots.value(at: slot)
            if value < 0 {
                let index = Int32(truncatingIfNeeded: groups.count)
                groups.append(Group(host: host, path: path, isPrefix: isPrefix, count: 1))
                slots.take(slot, tag: tag, value: index)
                note(index)
                return index
            }
            let group = groups[Int(value)]
            if slots.hasTag(tag, at: slot), group.host == host, group.isPrefix == isPrefix,
                same(group.path, path)
            {
                groups[Int(value)].count += 1
                return value
            }
            slot = slots.slot(after: slot)
        }
        return nil
    }

    private mutating func note(_ index: Int32) {
        let group = groups[Int(index)]
        let host = Int(group.host)
        let count = Int32(truncatingIfNeeded: group.path.count)
        if !group.isPrefix {
            bounds[host].exactMax = max(bounds[host].exactMax, count)
        } else if count == 0 {
            bounds[host].root = index
        } else {
            bounds[host].prefixMax = max(bounds[host].prefixMax, count)
        }
    }

    /// Gives each group its place among the candidates and its next shorter prefix.
    mutating func finish() {
        var first: Int32 = 0
        for index in groups.indices {
            groups[index].first = first
            first += groups[index].count
            let group = groups[index]
            guard group.isPrefix, group.path.count > 0 else { continue }
            let start = Int(group.path.start)
            // One octet short, so that the prefix does not find itself.
            let shorter = Array(texts[start..<(start + Int(group.path.count) - 1)])
            groups[index].parent =
                lookUp(host: group.host, path: shorter.span, wholeToo: false).prefix
        }
    }

    /// The Exact group and the longest prefix's group that fit a path, -1 for none.
    ///
    /// - Complexity: O(path length), one pass; no longer than the host's longest path.
    func lookUp(host: Int32, path: Span<UInt8>) -> (exact: Int32, prefix: Int32) {
        lookUp(host: host, path: path, wholeToo: true)
    }

    private func lookUp(
        host: Int32, path: Span<UInt8>, wholeToo: Bool
    ) -> (exact: Int32, prefix: Int32) {
        let bounds = bounds[Int(host)]
        let prefixMax = Int(bounds.prefixMax)
        let exactMax = wholeToo ? Int(bounds.exactMax) : 0
        let end = min(path.count, max(prefixMax + 1, exactMax))
        var prefix = bounds.root
        var state = hash.begin(owner: Int(host))
        var word: UInt64 = 0
        var count = 0
        while count < end {
            let octet = path[count]
            if octet == UInt8(ascii: "/"), count > 0, count <= prefixMax {
                let found = find(
                    hash.finish(state, word, count: count &* 2), host: host, path: path,
                    count: count, isPrefix: true)
                if found >= 0 { prefix = found }
            }
            word |= UInt64(octet) << UInt64(8 * (count & 7))
            count += 1
            if count & 7 == 0 {
                state = hash.mix(state, word)
                word = 0
            }
        }
        guard wholeToo, count == path.count, count > 0 else { return (-1, prefix) }
        if count <= prefixMax {
            let found = find(
                hash.finish(state, word, count: count &* 2), host: host, path: path, count: count,
                isPrefix: true)
            if found >= 0 { prefix = found }
        }
        guard count <= exactMax else { return (-1, prefix) }
        let exact = find(
            hash.finish(state, word, count: count &* 2 &+ 1), host: host, path: path, count: count,
            isPrefix: false)
        return (exact, prefix)
    }

    private func find(
        _ key: UInt64, host: Int32, path: Span<UInt8>, count: Int, isPrefix: Bool
    ) -> Int32 {
        let tag = HashSlots.tag(of: key)
        var slot = slots.slot(of: key)
        while true {
            let value = slots.value(at: slot)
            if value < 0 { return -1 }
            if slots.hasTag(tag, at: slot) {
                let group = groups[Int(value)]
                if group.host == host, group.isPrefix == isPrefix, equals(group.path, path, count) {
                    return value
                }
            }
            slot = slots.slot(after: slot)
        }
    }

    private func equals(_ text: TextRange, _ path: Span<UInt8>, _ count: Int) -> Bool {
        guard Int(text.count) == count else { return false }
        let start = Int(text.start)
        for index in 0..<count where texts[start + index] != path[index] { return false }
        return true
    }

    private func same(_ left: TextRange, _ right: TextRange) -> Bool {
        guard left.count == right.count else { return false }
        let first = Int(left.start)
        let second = Int(right.start)
        for index in 0..<Int(left.count) where texts[first + index] != texts[second + index] {
            return false
        }
        return true
    }

    private func key(host: Int32, path: TextRange, isPrefix: Bool) -> UInt64 {
        var state = hash.begin(owner: Int(host))
        var word: UInt64 = 0
        let start = Int(path.start)
        let count = Int(path.count)
        for index in 0..<count {
            word |= UInt64(texts[start + index]) << UInt64(8 * (index & 7))
            if index & 7 == 7 {
                state = hash.mix(state, word)
                word = 0
            }
        }
        return hash.finish(state, word, count: count &* 2 &+ (isPrefix ? 0 : 1))
    }
}
