/// A growing array with one owner: no reference count, no copy on write, bounds always checked.
///
/// A Swift array that lies in a shared class would have its count changed by every core that
/// looks into it; the loops keep what they need per request in these instead.
@safe @usableFromInline package struct UniqueArray<Element: ~Copyable>: ~Copyable {
    // SAFETY: the first `count` places of `storage` are initialised; there are `capacity`.
    @usableFromInline var storage: UnsafeMutablePointer<Element>
    @usableFromInline var capacity: Int

    /// How many values there are.
    @usableFromInline package internal(set) var count = 0

    /// An empty array.
    package init(reserving capacity: Int = 0) {
        let room = max(capacity, 4)
        // SAFETY: owned by this value and freed in `deinit`.
        unsafe storage = .allocate(capacity: room)
        self.capacity = room
    }

    deinit {
        // SAFETY: the first `count` places are initialised.
        unsafe storage.deinitialize(count: count)
        unsafe storage.deallocate()
    }

    /// Whether there is no value.
    @inlinable package var isEmpty: Bool { count == 0 }

    /// Adds a value at the end.
    @inlinable package mutating func append(_ element: consuming Element) {
        if count == capacity { grow() }
        // SAFETY: count < capacity, and the place is not initialised.
        unsafe (storage + count).initialize(to: element)
        count &+= 1
    }

    /// Takes the last value out.
    @inlinable package mutating func popLast() -> Element? {
        guard count > 0 else { return nil }
        count &-= 1
        // SAFETY: the place was initialised and is given up with the count.
        return unsafe (storage + count).move()
    }

    /// Forgets all values; the storage stays.
    package mutating func removeAll() {
        // SAFETY: the first `count` places are initialised.
        unsafe storage.deinitialize(count: count)
        count = 0
    }

    @usableFromInline mutating func grow() {
        let larger = capacity * 2
        // SAFETY: the values are moved, after which the old storage holds none.
        let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        unsafe moved.moveInitialize(from: storage, count: count)
        unsafe storage.deallocate()
        unsafe storage = moved
        capacity = larger
    }

    /// The value at an index, 0..<count.
    @inlinable package subscript(_ index: Int) -> Element {
        _read {
            precondition(index >= 0 && index < count, "index out of range")
            // SAFETY: checked above.
            yield unsafe storage[index]
        }
        _modify {
            precondition(index >= 0 && index < count, "index out of range")
            // SAFETY: checked above.
            yield unsafe &storage[index]
        }
    }
}

// SAFETY: one owner holds the storage, and moving the array to another thread moves all of it.
extension UniqueArray: @unchecked Sendable where Element: Sendable & ~Copyable {}

extension UniqueArray where Element == UInt8 {
    /// The octets of a range that lies within 0...count.
    @inlinable @_lifetime(borrow self)
    package func span(_ range: Range<Int>) -> Span<UInt8> {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range out of bounds")
        // SAFETY: the range was checked, and `self` is borrowed as long as the span lives.
        let octets = unsafe UnsafeBufferPointer(
            start: storage + range.lowerBound, count: range.count)
        let span = unsafe Span(_unsafeElements: octets)
        return unsafe _overrideLifetime(span, borrowing: self)
    }
}
