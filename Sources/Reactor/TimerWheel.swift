/// One loop's timers: one for each number below a capacity, each set, moved and stopped in O(1).
///
/// A wheel of slots, one a tick, each the head of a list. A deadline that moves later (the usual
/// case: a connection did something) is only written down; when its old slot comes round it is
/// put where it belongs. A deadline beyond the wheel's span waits in the farthest slot and moves
/// on from there. A timer never fires early, and at most a tick and a turn of the loop late.
@safe @usableFromInline package struct TimerWheel: ~Copyable {
    /// Milliseconds of a slot.
    @usableFromInline package static let tickMs: Int64 = 16

    /// Slots: a power of two; the span is 65.5 s.
    static let slotCount = 4096

    // SAFETY: all arrays have the stated capacity for the value's whole life and were zeroed.
    // Links hold a timer's number plus one; 0 is nobody. `linkedTick[i]` is 0 when timer i is
    // not in any slot.
    @usableFromInline let deadline: UnsafeMutablePointer<Int64>
    @usableFromInline let linkedTick: UnsafeMutablePointer<Int64>
    let next: UnsafeMutablePointer<UInt32>
    let previous: UnsafeMutablePointer<UInt32>
    let heads: UnsafeMutablePointer<UInt32>
    let occupied: UnsafeMutablePointer<UInt64>

    @usableFromInline let capacity: Int

    /// The first tick that was not worked through yet; ticks begin at 1.
    private var cursor: Int64

    private var nowTick: Int64

    /// Timers numbered 0..<capacity, all stopped.
    package init(capacity: Int, nowMs: Int64) {
        precondition(capacity > 0 && capacity < Int(UInt32.max), "capacity out of range")
        self.capacity = capacity
        // SAFETY: owned by this value and freed in `deinit`. Zeroed by the system page by page
        // as it is touched, so a high capacity costs address space and no memory.
        unsafe deadline = zeroed(capacity)
        unsafe linkedTick = zeroed(capacity)
        unsafe next = zeroed(capacity)
        unsafe previous = zeroed(capacity)
        unsafe heads = zeroed(Self.slotCount)
        unsafe occupied = zeroed(Self.slotCount / 64)
        nowTick = nowMs / Self.tickMs + 1
        cursor = nowTick
    }

    deinit {
        // SAFETY: allocated by `zeroed`, named by nobody else.
        unsafe release(deadline)
        unsafe release(linkedTick)
        unsafe release(next)
        unsafe release(previous)
        unsafe release(heads)
        unsafe release(occupied)
    }

    /// Sets a timer, or moves it.
    ///
    /// - Parameters:
    ///   - timer: 0..<capacity.
    ///   - atMs: when, on the loop's clock.
    @inlinable package mutating func arm(_ timer: Int, atMs: Int64) {
        precondition(timer >= 0 && timer < capacity, "no such timer")
        // SAFETY: the index was checked.
        unsafe deadline[timer] = atMs
        let linked = unsafe linkedTick[timer]
        if linked != 0 && linked <= Self.tick(of: atMs) { return }
        relink(timer, atMs: atMs)
    }

    /// Stops a timer.
    package mutating func disarm(_ timer: Int) {
        precondition(timer >= 0 && timer < capacity, "no such timer")
        // SAFETY: the index was checked.
        if unsafe linkedTick[timer] != 0 { unlink(timer) }
    }

    /// Tells the wheel what time it is; what is due comes out of `nextExpired`.
    package mutating func advance(toMs nowMs: Int64) {
        nowTick = max(nowTick, nowMs / Self.tickMs + 1)
    }

    /// A timer whose time has come, and which is stopped with that; nil when there is none left.
    package mutating func nextExpired() -> Int? {
        while cursor <= nowTick {
            let slot = Int(cursor) & (Self.slotCount - 1)
            // SAFETY: slots and links stay within the arrays by construction.
            while unsafe heads[slot] != 0 {
                let timer = Int(unsafe heads[slot]) - 1
                let due = unsafe deadline[timer]
                unlink(timer)
                if Self.tick(of: due) <= nowTick { return timer }
                link(timer, tick: Self.tick(of: due))
            }
            if cursor == nowTick { return nil }
            cursor += 1
        }
        return nil
    }

    /// Milliseconds until something may be due; at most the wheel's span.
    package func waitMs() -> Int32 {
        var distance: Int64 = 1
        while distance < Int64(Self.slotCount) {
            let slot = Int(cursor + distance) & (Self.slotCount - 1)
            // SAFETY: slot / 64 is below the count of words.
            let ahead = unsafe occupied[slot >> 6] >> UInt64(slot & 63)
            if ahead != 0 {
                distance += Int64(ahead.trailingZeroBitCount)
                break
            }
            distance += Int64(64 - (slot & 63))
        }
        return Int32(min(distance, Int64(Self.slotCount)) * Self.tickMs)
    }

    /// The tick at whose end a deadline has surely passed.
    @inlinable static func tick(of atMs: Int64) -> Int64 {
        (max(atMs, 0) &+ tickMs &- 1) / tickMs &+ 1
    }

    @usableFromInline mutating func relink(_ timer: Int, atMs: Int64) {
        // SAFETY: the caller checked the index.
        if unsafe linkedTick[timer] != 0 { unlink(timer) }
        link(timer, tick: Self.tick(of: atMs))
    }

    private mutating func link(_ timer: Int, tick: Int64) {
        // Never into the slot that is being worked through: that one may not come to an end.
        let reachable = min(max(tick, cursor + 1), cursor + Int64(Self.slotCount) - 1)
        let slot = Int(reachable) & (Self.slotCount - 1)
        // SAFETY: slot and timer lie within the arrays.
        unsafe linkedTick[timer] = reachable
        let first = unsafe heads[slot]
        unsafe next[timer] = first
        unsafe previous[timer] = 0
        if first != 0 { unsafe previous[Int(first) - 1] = UInt32(timer + 1) }
        unsafe heads[slot] = UInt32(timer + 1)
        unsafe occupied[slot >> 6] |= 1 << UInt64(slot & 63)
    }

    private mutating func unlink(_ timer: Int) {
        // SAFETY: the timer is linked, so its neighbours and slot are valid.
        let slot = Int(unsafe linkedTick[timer]) & (Self.slotCount - 1)
        let (before, after) = (unsafe previous[timer], unsafe next[timer])
        if before != 0 {
            unsafe next[Int(before) - 1] = after
        } else {
            unsafe heads[slot] = after
            if after == 0 { unsafe occupied[slot >> 6] &= ~(1 << UInt64(slot & 63)) }
        }
        if after != 0 { unsafe previous[Int(after) - 1] = before }
        unsafe linkedTick[timer] = 0
    }
}
