/// From a request's host to the hosts of the table that fit it, nearest first.
struct HostIndex: Sendable {
    /// One host of the table.
    struct Host: Sendable {
        /// The name, without `*.`; empty for routes without hostnames.
        let name: TextRange
        /// Whether it is a wildcard.
        let isWildcard: Bool
        /// The next host that fits whatever fits this one, -1 for none.
        var parent: Int32 = -1
    }

    private(set) var hosts: [Host]
    private let texts: [UInt8]
    private let hash: KeyedHash
    private var slots: HashSlots
    /// The host of routes without hostnames, -1 when there are none.
    private let anyHost: Int32
    /// The octets of the longest wildcard's name, 0 without wildcards.
    private let wildcardMax: Int

    /// Indexes the hosts.
    ///
    /// - Returns: `nil` when keys collide under this hash too much.
    init?(hosts: [Host], anyHost: Int32, capacity: Int, texts: [UInt8], hash: KeyedHash) {
        self.hosts = hosts
        self.anyHost = anyHost
        self.texts = texts
        self.hash = hash
        wildcardMax = hosts.reduce(0) { $1.isWildcard ? max($0, Int($1.name.count)) : $0 }
        slots = HashSlots(capacity: capacity)
        for index in hosts.indices where Int32(index) != anyHost {
            guard insert(index) else { return nil }
        }
        for index in hosts.indices where Int32(index) != anyHost {
            let name = hosts[index].name
            let octets = Array(texts[Int(name.start)..<(Int(name.start) + Int(name.count))])
            self.hosts[index].parent = nearest(to: octets.span).wildcard
        }
    }

    private mutating func insert(_ index: Int) -> Bool {
        let host = hosts[index]
        let first = Int(host.name.start)
        var state = hash.begin(owner: host.isWildcard ? 1 : 0)
        var word: UInt64 = 0
        var count = 0
        for position in (first..<(first + Int(host.name.count))).reversed() {
            word |= UInt64(texts[position]) << UInt64(8 * (count & 7))
            count += 1
            if count & 7 == 0 {
                state = hash.mix(state, word)
                word = 0
            }
        }
        let key = hash.finish(state, word, count: count)
        var slot = slots.slot(of: key)
        for _ in 0..<HashSlots.runMax {
            if slots.value(at: slot) < 0 {
                slots.take(slot, tag: HashSlots.tag(of: key), value: Int32(index))
                return true
            }
            slot = slots.slot(after: slot)
        }
        return false
    }

    /// The nearest host of the table that fits a request's host.
    ///
    /// - Parameter host: Without port, in any case.
    /// - Returns: The exact one, else the longest wildcard, else the one without a name, else -1.
    func first(for host: Span<UInt8>) -> Int32 {
        let found = nearest(to: host)
        return found.exact >= 0 ? found.exact : found.wildcard
    }

    /// Reads the host once from its end, asking at every dot for a wildcard and at last for the
    /// whole.
    private func nearest(to host: Span<UInt8>) -> (exact: Int32, wildcard: Int32) {
        var wildcard = anyHost
        var exactState = hash.begin(owner: 0)
        var wildcardState = hash.begin(owner: 1)
        var word: UInt64 = 0
        var count = 0
        var position = host.count
        while position > 0 {
            position -= 1
            let octet = NameSyntax.lowercased(host[position])
            if octet == UInt8(ascii: "."), position > 0, count <= wildcardMax {
                let key = hash.finish(wildcardState, word, count: count)
                let found = find(key, in: host, from: position + 1, isWildcard: true)
                if found >= 0 { wildcard = found }
            }
            word |= UInt64(octet) << UInt64(8 * (count & 7))
            count += 1
            if count & 7 == 0 {
                exactState = hash.mix(exactState, word)
                wildcardState = hash.mix(wildcardState, word)
                word = 0
            }
        }
        if count == 0 { return (-1, wildcard) }
        let key = hash.finish(exactState, word, count: count)
        return (find(key, in: host, from: 0, isWildcard: false), wildcard)
    }

    private func find(
        _ key: UInt64, in host: Span<UInt8>, from position: Int, isWildcard: Bool
    ) -> Int32 {
        let tag = HashSlots.tag(of: key)
        var slot = slots.slot(of: key)
        while true {
            let value = slots.value(at: slot)
            if value < 0 { return -1 }
            if slots.hasTag(tag, at: slot), hosts[Int(value)].isWildcard == isWildcard,
                equals(hosts[Int(value)].name, host, from: position)
            {
                return value
            }
            slot = slots.slot(after: slot)
        }
    }

    private func equals(_ name: TextRange, _ host: Span<UInt8>, from position: Int) -> Bool {
        let count = Int(name.count)
        guard host.count - position == count else { return false }
        let start = Int(name.start)
        for index in 0..<count
        where texts[start + index] != NameSyntax.lowercased(host[position + index]) {
            return false
        }
        return true
    }
}
