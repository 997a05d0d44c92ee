internal import HTTP1
internal import Reactor
internal import Routing

/// How many requests of each kind one loop has counted since it last told of them.
///
/// A fixed number of slots behind a hash of table, rule, method and host, made once: counting
/// allocates nothing and takes as long whatever was counted before. A request finds its slot when
/// it is decided, since its host is gone from the buffers when its answer begins; the slot stays
/// until then. Where no slot is free a request is counted without its host, or among ``others``.
struct TrafficCounts: ~Copyable {
    /// The requests of one kind.
    struct Slot {
        /// The table that decided them, as a place in the loop's tables, and the rule in it; -1
        /// where none fitted.
        var table: Int
        var rule: Int
        var method: UInt8
        /// Octets of the host, in lower case; 0 for none.
        var hostOctets: UInt8
        var host: InlineArray<64, UInt8>
        var hash: UInt32
        /// The next slot of the same bucket, or of those that are free; -1 for none.
        var next: Int32
        /// Requests that have not been answered yet.
        var pending = 0
        /// By status class, as ``TrafficKind/Status`` numbers them.
        var counts = InlineArray<6, Int>(repeating: 0)
    }

    /// Slots: some 150 KiB for a loop, of which only those in use are ever touched.
    static let slotsMax = 1_024

    /// Of these, the most with a host: the rest is for rules, whatever hosts are asked for.
    static let hostedMax = 768

    /// Buckets: a power of two, so that few slots share one.
    private static let bucketCount = 2_048

    /// Methods that are told apart, and one more for all others.
    static let methodCount = 10
    static let statusCount = 6

    private var slots = UniqueArray<Slot>(reserving: TrafficCounts.slotsMax)
    private var buckets = UniqueArray<Int32>(reserving: TrafficCounts.bucketCount)
    private var firstFree: Int32 = -1
    private var hostedCount = 0
    private let seed: UInt64

    /// Requests that found no slot, by method and status class.
    private(set) var others = InlineArray<60, Int>(repeating: 0)

    /// Something was counted that has not been told.
    private(set) var hasNews = false

    /// - Parameter seed: where hashes begin, so that nobody can choose hosts for one bucket.
    init(seed: UInt64) {
        self.seed = seed
        for _ in 0..<Self.bucketCount { buckets.append(-1) }
    }

    /// The slot of a request that was decided, which it keeps until it is counted.
    ///
    /// - Parameters:
    ///   - head: the request, parsed from what waits in `input`.
    /// - Returns: -1 when none is free.
    mutating func take(
        table: Int, rule: Int, _ head: borrowing RequestHead, in input: borrowing Buffer
    ) -> Int {
        var wanted = Slot(
            table: table, rule: rule, method: head.method.rawValue, hostOctets: 0,
            host: .init(repeating: 0), hash: 0, next: -1)
        let octets = input.span
        wanted.read(octets.extracting(head.host.indices))
        var slot = find(&wanted)
        if slot < 0 && wanted.hostOctets > 0 {
            wanted.hostOctets = 0
            slot = find(&wanted)
        }
        if slot >= 0 { slots[slot].pending += 1 }
        return slot
    }

    /// The slot like this one; a new one when there is none and room.
    private mutating func find(_ wanted: inout Slot) -> Int {
        wanted.hash = wanted.hash(seed: seed)
        let bucket = Int(wanted.hash) & (Self.bucketCount - 1)
        var place = Int(buckets[bucket])
        while place >= 0 {
            if slots[place].isLike(wanted) { return place }
            place = Int(slots[place].next)
        }
        if wanted.hostOctets > 0 && hostedCount >= Self.hostedMax { return -1 }
        wanted.next = buckets[bucket]
        if firstFree >= 0 {
            place = Int(firstFree)
            firstFree = slots[place].next
            slots[place] = wanted
        } else if slots.count < Self.slotsMax {
            place = slots.count
            slots.append(wanted)
        } else {
            return -1
        }
        buckets[bucket] = Int32(place)
        if wanted.hostOctets > 0 { hostedCount += 1 }
        return place
    }

    /// Counts a request that was answered, or will not be.
    ///
    /// - Parameters:
    ///   - slot: what `take` gave it.
    ///   - status: what the client was given; 0 for nothing.
    mutating func count(_ slot: Int, method: HTTP1.Method, status: Int) {
        let number = status / 100
        let place = number > 0 && number < Self.statusCount ? number : 0
        hasNews = true
        if slot < 0 {
            others[Int(method.rawValue) * Self.statusCount + place] += 1
        } else {
            slots[slot].pending -= 1
            slots[slot].counts[place] += 1
        }
    }

    // Telling.

    /// Slots that may be in use: 0..<this.
    var slotCount: Int { slots.count }

    /// A slot in which something was counted; nil for any other.
    func slot(_ place: Int) -> Slot? {
        slots[place].table >= 0 && slots[place].hasCounts ? slots[place] : nil
    }

    /// What was counted in a slot was told.
    mutating func clear(_ place: Int) { slots[place].counts = .init(repeating: 0) }

    /// The same of those of a method that have no slot.
    mutating func clearOthers(_ method: Int) {
        for status in 0..<Self.statusCount { others[method * Self.statusCount + status] = 0 }
    }

    /// Everything was told.
    mutating func isTold() { hasNews = false }

    /// Gives up the slots that nobody needs: nothing is counted in them, nor will be soon.
    mutating func releaseUnused() {
        for place in 0..<slots.count
        where slots[place].table >= 0 && slots[place].pending == 0 && !slots[place].hasCounts {
            release(place)
        }
    }

    /// Gives up the slots of a table that goes; what could not be told of them counts as others'.
    mutating func release(table: Int) {
        for place in 0..<slots.count where slots[place].table == table {
            let first = Int(slots[place].method) * Self.statusCount
            for status in 0..<Self.statusCount {
                others[first + status] += slots[place].counts[status]
            }
            release(place)
        }
    }

    private mutating func release(_ place: Int) {
        let bucket = Int(slots[place].hash) & (Self.bucketCount - 1)
        if Int(buckets[bucket]) == place {
            buckets[bucket] = slots[place].next
        } else {
            var before = Int(buckets[bucket])
            while Int(slots[before].next) != place { before = Int(slots[before].next) }
            slots[before].next = slots[place].next
        }
        if slots[place].hostOctets > 0 { hostedCount -= 1 }
        slots[place].table = -1
        slots[place].next = firstFree
        firstFree = Int32(place)
    }
}

extension TrafficCounts.Slot {
    fileprivate var hasCounts: Bool {
        for status in 0..<TrafficCounts.statusCount where counts[status] > 0 { return true }
        return false
    }

    /// Takes a host in lower case; none when it is too long or holds what no host does.
    fileprivate mutating func read(_ octets: Span<UInt8>) {
        if octets.count > TrafficKind.hostOctetsMax { return }
        for index in octets.indices {
            let octet = NameSyntax.lowercased(octets[index])
            if !TrafficKind.isHostOctet(octet) { return }
            host[index] = octet
        }
        hostOctets = UInt8(octets.count)
    }

    fileprivate func isLike(_ other: TrafficCounts.Slot) -> Bool {
        guard hash == other.hash, rule == other.rule, table == other.table,
            method == other.method, hostOctets == other.hostOctets
        else { return false }
        for index in 0..<Int(hostOctets) where host[index] != other.host[index] { return false }
        return true
    }

    /// A hash of everything that tells kinds apart, eight octets of the host at a time.
    fileprivate func hash(seed: UInt64) -> UInt32 {
        let place = UInt64(truncatingIfNeeded: table) << 32 ^ UInt64(truncatingIfNeeded: rule)
        var state = Self.fold(seed ^ place, 0x9E37_79B9_7F4A_7C15)
        state = Self.fold(state ^ (UInt64(method) << 8 | UInt64(hostOctets)), seed | 1)
        var word: UInt64 = 0
        for index in 0..<Int(hostOctets) {
            word = word << 8 | UInt64(host[index])
            if index & 7 == 7 {
                state = Self.fold(state ^ word, 0xA076_1D64_78BD_642F) ^ seed
                word = 0
            }
        }
        return UInt32(truncatingIfNeeded: Self.fold(state ^ word, 0xA076_1D64_78BD_642F) >> 16)
    }

    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
