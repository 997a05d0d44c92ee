/// A hash of octets under a key that the table's own digest decides.
///
/// A proposer who wants keys to collide would have to know the hash key, and the key changes with
/// every document proposed; what still collides is found at compiling and gets another key. Eight
/// octets are taken at a time, so that one pass over a path hashes all its prefixes.
struct KeyedHash: Sendable {
    private let start: UInt64
    private let multiplier: UInt64

    /// A key from a table digest and the number of the try.
    init(digest: ContentDigest, attempt: UInt64) {
        start = Self.fold(
            digest.leadingWord ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93 &+ attempt)
        multiplier = Self.fold(start &+ attempt, 0xA076_1D64_78BD_642F) | 1
    }

    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    /// The state before the first octet, for keys that belong to `owner`.
    func begin(owner: Int) -> UInt64 {
        Self.fold(start ^ UInt64(truncatingIfNeeded: owner), multiplier) ^ start
    }

    /// The state after eight more octets.
    func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
        Self.fold(state ^ word, multiplier) &+ start
    }

    /// The hash after the octets that are left, 0…7 of them in `word`, of `count` in all.
    func finish(_ state: UInt64, _ word: UInt64, count: Int) -> UInt64 {
        let last = mix(state, word)
        return Self.fold(last ^ UInt64(truncatingIfNeeded: count), multiplier ^ start | 1)
    }
}

/// An open-addressing table from hashes to numbers; a reader compares the keys itself.
struct HashSlots: Sendable {
    /// The longest run of taken slots that a key may meet; beyond it another hash key is tried.
    /// Keys that are spread evenly meet some 70 at the most, even a million of them.
    static let runMax = 128

    private var tags: [UInt32]
    private var values: [Int32]
    private let mask: Int

    /// Room for so many keys at a load of at most one half.
    init(capacity: Int) {
        var size = 8
        while size < capacity * 2 { size *= 2 }
        tags = Array(repeating: 0, count: size)
        values = Array(repeating: -1, count: size)
        mask = size - 1
    }

    /// The first slot of a hash.
    func slot(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & mask }

    /// The slot after one.
    func slot(after slot: Int) -> Int { (slot + 1) & mask }

    /// The part of a hash that a slot keeps.
    static func tag(of hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }

    /// The number in a slot, -1 when it is free.
    func value(at slot: Int) -> Int32 { values[slot] }

    /// Whether a slot's key has that tag.
    func hasTag(_ tag: UInt32, at slot: Int) -> Bool { tags[slot] == tag }

    /// Takes a free slot.
    mutating func take(_ slot: Int, tag: UInt32, value: Int32) {
        tags[slot] = tag
        values[slot] = value
    }
}
