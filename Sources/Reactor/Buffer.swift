internal import CLinux

/// A bounded run of octets with a read end and a write end, moved and never copied.
///
/// A buffer without storage (`isAttached` is false) holds nothing and costs nothing: connections
/// that wait keep no memory. Storage comes from a `BufferPool` and goes back to it; a buffer
/// that is dropped frees its own. What does not fit is not written, and `overflowed` says so: a
/// writer makes sure of room first and checks once at the end.
@safe @usableFromInline package struct Buffer: ~Copyable {
    // SAFETY: `base` is nil or owned by this value alone, with room for `capacity` octets, and
    // 0 <= start <= end <= capacity holds after every method; octets before `end` were written.
    @usableFromInline var base: UnsafeMutablePointer<UInt8>?

    /// Octets of storage; 0 without any.
    @usableFromInline package internal(set) var capacity: Int

    @usableFromInline var start: Int

    @usableFromInline var end: Int

    /// Something was appended for which there was no room.
    @usableFromInline package internal(set) var overflowed: Bool

    /// A buffer without storage.
    @inlinable package init() {
        // SAFETY: no storage is named by an empty buffer.
        unsafe base = nil
        capacity = 0
        start = 0
        end = 0
        overflowed = false
    }

    /// A buffer with storage of its own, for what no pool serves.
    package init(capacity: Int) {
        precondition(capacity > 0, "a buffer of no octets")
        // SAFETY: the storage is owned by this value and freed in `deinit`.
        unsafe base = .allocate(capacity: capacity)
        self.capacity = capacity
        start = 0
        end = 0
        overflowed = false
    }

    deinit {
        // SAFETY: the storage is this value's own, and nothing can name it any more.
        unsafe base?.deallocate()
    }

    /// Whether there is storage.
    @inlinable package var isAttached: Bool { capacity != 0 }

    /// Octets that wait to be read.
    @inlinable package var count: Int { end &- start }

    /// Whether nothing waits to be read.
    @inlinable package var isEmpty: Bool { start == end }

    /// Octets that can be written before the storage's end.
    @inlinable package var room: Int { capacity &- end }

    /// The octets that wait to be read.
    @inlinable package var span: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            // SAFETY: start...end lies within the storage, which lives as long as `self` is
            // borrowed and cannot be written meanwhile.
            let octets = unsafe UnsafeBufferPointer(
                start: base.map { unsafe UnsafePointer($0 + start) }, count: end &- start)
            let span = unsafe Span(_unsafeElements: octets)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// Drops octets from the front.
    ///
    /// - Parameter octets: 0...count; more is a fault of ours.
    @inlinable package mutating func consume(_ octets: Int) {
        precondition(octets >= 0 && octets <= end &- start, "more consumed than there is")
        start &+= octets
        if start == end {
            start = 0
            end = 0
        }
    }

    /// Forgets all octets; the storage stays.
    @inlinable package mutating func clear() {
        start = 0
        end = 0
        overflowed = false
    }

    /// Takes back what was appended last, and that it did not fit.
    ///
    /// - Parameter octets: how many stay, 0...count.
    @inlinable package mutating func truncate(to octets: Int) {
        precondition(octets >= 0 && octets <= end &- start, "more kept than there is")
        end = start &+ octets
        overflowed = false
    }

    /// Moves what waits to the front of the storage, so that all the rest is room.
    @inlinable package mutating func compact() {
        // SAFETY: both ranges lie within the storage; memmove allows them to overlap.
        guard start > 0, let base = unsafe base else { return }
        let waiting = end &- start
        unsafe base.update(from: base + start, count: waiting)
        start = 0
        end = waiting
    }

    /// Appends one octet.
    @inlinable package mutating func append(_ octet: UInt8) {
        // SAFETY: end < capacity is checked before the octet is written.
        guard end < capacity, let base = unsafe base else {
            overflowed = true
            return
        }
        unsafe base[end] = octet
        end &+= 1
    }

    /// Appends octets.
    @inlinable package mutating func append(_ octets: Span<UInt8>) {
        let added = octets.count
        // SAFETY: `added` octets of room are checked first, and the source is a borrowed span,
        // which cannot lie in storage that this call holds exclusively.
        guard added <= capacity &- end, let base = unsafe base else {
            overflowed = overflowed || added > 0
            return
        }
        unsafe octets.withUnsafeBufferPointer { source in
            if let from = source.baseAddress {
                unsafe (base + end).update(from: from, count: added)
            }
        }
        end &+= added
    }

    /// Appends the UTF-8 of a literal.
    @inlinable package mutating func append(_ text: StaticString) {
        let added = text.utf8CodeUnitCount
        // SAFETY: room is checked first; a literal's octets live for ever.
        guard text.hasPointerRepresentation, added <= capacity &- end, let base = unsafe base
        else {
            overflowed = overflowed || added > 0
            return
        }
        unsafe (base + end).update(from: text.utf8Start, count: added)
        end &+= added
    }

    /// Appends part of what waits in another buffer.
    ///
    /// - Parameters:
    ///   - other: where the octets wait.
    ///   - offset: of the first, counted from `other`'s read end.
    ///   - octets: how many; offset + octets is at most `other.count`.
    @inlinable package mutating func append(
        from other: borrowing Buffer, at offset: Int, count octets: Int
    ) {
        precondition(offset >= 0 && octets >= 0 && offset <= other.count &- octets, "out of range")
        // SAFETY: both ranges are checked first, and two buffers never share storage.
        guard octets <= capacity &- end, let base = unsafe base, let from = unsafe other.base
        else {
            overflowed = overflowed || octets > 0
            return
        }
        unsafe (base + end).update(from: from + other.start + offset, count: octets)
        end &+= octets
    }
}
