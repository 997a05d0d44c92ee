internal import Synchronization

/// A bounded queue of octets from one thread to another: whole records go in, runs of octets come
/// out. Neither side ever waits for the other; a record for which there is no room is not taken.
///
/// A ring of a power of two. `head` counts what was ever written, `tail` what was ever read; each
/// is stored by one side alone, and storing it releases the octets before it to the other.
@safe @usableFromInline package final class OctetQueue: Sendable {
    /// Octets that it can hold.
    @usableFromInline package let capacity: Int

    // SAFETY: room for `capacity` octets for the object's whole life. Octets tail..<head are the
    // reader's, all others the writer's, and no octet is both.
    private nonisolated(unsafe) let storage: UnsafeMutablePointer<UInt8>
    private let head = Atomic<Int>(0)
    private let tail = Atomic<Int>(0)

    /// An empty queue.
    ///
    /// - Parameter capacity: a power of two.
    package init(capacity: Int) {
        precondition(capacity > 0 && capacity & (capacity - 1) == 0, "no power of two")
        self.capacity = capacity
        // SAFETY: owned by this object and freed in `deinit`. The system hands out large
        // allocations as untouched pages: a queue that is not used costs no memory.
        unsafe storage = .allocate(capacity: capacity)
    }

    deinit {
        // SAFETY: named by nobody else.
        unsafe storage.deallocate()
    }

    /// Octets that wait to be read; a moment old for whoever asks.
    package var count: Int {
        head.load(ordering: .relaxed) &- tail.load(ordering: .relaxed)
    }

    /// Takes a record whole, or not at all. From the writing thread alone.
    ///
    /// - Returns: whether there was room.
    package func push(_ record: borrowing Buffer) -> Bool {
        let octets = record.count
        let end = head.load(ordering: .relaxed)
        guard octets <= capacity &- (end &- tail.load(ordering: .acquiring)) else { return false }
        // SAFETY: the octets after `end` are the writer's, as was just checked, and the record's
        // own storage is another.
        guard octets > 0, let base = unsafe record.base else { return true }
        let from = unsafe base + record.start
        let place = end & (capacity &- 1)
        let first = min(octets, capacity &- place)
        unsafe (storage + place).update(from: from, count: first)
        unsafe storage.update(from: from + first, count: octets &- first)
        head.store(end &+ octets, ordering: .releasing)
        return true
    }

    /// Hands over what waits, in one or two runs, and forgets it. From the reading thread alone.
    ///
    /// - Returns: how many octets there were.
    @discardableResult
    package func drain<Failure: Error>(
        _ take: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        let begin = tail.load(ordering: .relaxed)
        let waiting = head.load(ordering: .acquiring) &- begin
        if waiting == 0 { return 0 }
        let place = begin & (capacity &- 1)
        let first = min(waiting, capacity &- place)
        defer { tail.store(begin &+ waiting, ordering: .releasing) }
        // SAFETY: the octets tail..<head are the reader's until `tail` is stored.
        try take(unsafe Span(_unsafeStart: UnsafePointer(storage + place), count: first))
        if waiting > first {
            try take(unsafe Span(_unsafeStart: UnsafePointer(storage), count: waiting &- first))
        }
        return waiting
    }
}
