/// One loop's stock of buffer storage, in three sizes.
///
/// A connection holds storage only while octets wait in it, so memory follows the work in hand
/// and not the number of connections. Storage that comes back is kept up to a bound, last in
/// first out (it is still in the processor's cache); beyond the bound it is freed.
@safe @usableFromInline package struct BufferPool: ~Copyable {
    /// For a line about one request, in octets.
    @usableFromInline package static let tinyOctets = 4 * 1024

    /// For ordinary heads and small bodies, in octets.
    @usableFromInline package static let smallOctets = 8 * 1024

    /// For large heads (64 KiB is the most that an endpoint may send, and what we add to it)
    /// and for bodies that stream.
    @usableFromInline package static let largeOctets = 72 * 1024

    /// Tiny storage kept for the next use, at most: 2 MiB a loop.
    @usableFromInline package static let tinyKeptMax = 512

    /// Small storage kept for the next use, at most: 4 MiB a loop.
    @usableFromInline package static let smallKeptMax = 512

    /// Large storage kept for the next use, at most: 2.25 MiB a loop.
    @usableFromInline package static let largeKeptMax = 32

    // SAFETY: every pointer in these lists is owned by the list alone, with room for
    // the octets of its size; the lists' own storage has the stated capacity.
    @usableFromInline let tiny: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
    @usableFromInline let small: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
    @usableFromInline let large: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
    @usableFromInline var tinyKept = 0
    @usableFromInline var smallKept = 0
    @usableFromInline var largeKept = 0

    /// An empty stock; storage is made when it is first asked for.
    package init() {
        // SAFETY: owned by this value and freed in `deinit`.
        unsafe tiny = .allocate(capacity: Self.tinyKeptMax)
        unsafe small = .allocate(capacity: Self.smallKeptMax)
        unsafe large = .allocate(capacity: Self.largeKeptMax)
    }

    deinit {
        // SAFETY: the first places, as many as are kept, hold storage that we own.
        for index in 0..<tinyKept { unsafe tiny[index].deallocate() }
        for index in 0..<smallKept { unsafe small[index].deallocate() }
        for index in 0..<largeKept { unsafe large[index].deallocate() }
        unsafe tiny.deallocate()
        unsafe small.deallocate()
        unsafe large.deallocate()
    }

    /// Gives storage of the tiny size to a buffer that has none; else does nothing.
    @inlinable package mutating func attachTiny(_ buffer: inout Buffer) {
        if buffer.isAttached { return }
        // SAFETY: storage taken from the list is no longer the list's; the buffer owns it.
        if tinyKept > 0 {
            tinyKept &-= 1
            unsafe buffer.base = tiny[tinyKept]
        } else {
            unsafe buffer.base = .allocate(capacity: Self.tinyOctets)
        }
        buffer.capacity = Self.tinyOctets
        buffer.clear()
    }

    /// Gives storage of the small size to a buffer that has none; else does nothing.
    @inlinable package mutating func attachSmall(_ buffer: inout Buffer) {
        if buffer.isAttached { return }
        // SAFETY: storage taken from the list is no longer the list's; the buffer owns it.
        if smallKept > 0 {
            smallKept &-= 1
            unsafe buffer.base = small[smallKept]
        } else {
            unsafe buffer.base = .allocate(capacity: Self.smallOctets)
        }
        buffer.capacity = Self.smallOctets
        buffer.clear()
    }

    /// Moves a buffer's octets into storage of the large size; does nothing when it has that.
    package mutating func grow(_ buffer: inout Buffer) {
        if buffer.capacity >= Self.largeOctets { return }
        var larger = Buffer()
        // SAFETY: as in `attachSmall`.
        if largeKept > 0 {
            largeKept -= 1
            unsafe larger.base = large[largeKept]
        } else {
            unsafe larger.base = .allocate(capacity: Self.largeOctets)
        }
        larger.capacity = Self.largeOctets
        larger.append(from: buffer, at: 0, count: buffer.count)
        swap(&buffer, &larger)
        detach(&larger)
    }

    /// Takes a buffer's storage back; what waited in it is forgotten.
    @inlinable package mutating func detach(_ buffer: inout Buffer) {
        // SAFETY: the storage moves from the buffer to the list, or is freed: one owner always.
        guard let base = unsafe buffer.base else { return }
        if buffer.capacity == Self.smallOctets, smallKept < Self.smallKeptMax {
            unsafe small[smallKept] = base
            smallKept &+= 1
        } else if buffer.capacity == Self.tinyOctets, tinyKept < Self.tinyKeptMax {
            unsafe tiny[tinyKept] = base
            tinyKept &+= 1
        } else if buffer.capacity == Self.largeOctets, largeKept < Self.largeKeptMax {
            unsafe large[largeKept] = base
            largeKept &+= 1
        } else {
            // SAFETY: as above; no list took it.
            unsafe base.deallocate()
        }
        // SAFETY: the buffer names the storage no more.
        unsafe buffer.base = nil
        buffer.capacity = 0
        buffer.clear()
    }

    /// Takes the storage back when nothing waits in it.
    @inlinable package mutating func detachIfEmpty(_ buffer: inout Buffer) {
        if buffer.isAttached && buffer.isEmpty { detach(&buffer) }
    }
}
