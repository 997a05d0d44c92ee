internal import CLinux

/// A bounded store of values named by small numbers, which are given out again.
///
/// Values stay where they are, so reaching one is one addition; places are taken last in first
/// out. Memory for a place is first touched when the place is first used. Each place counts its
/// users (`generation`), which makes names of a former user recognisable.
@safe @usableFromInline package struct Slab<Element: ~Copyable>: ~Copyable {
    // SAFETY: `elements` has room for `capacity`; place i is initialised exactly when
    // generations[i] is odd; places from `highWater` on were never used.
    @usableFromInline let elements: UnsafeMutablePointer<Element>
    @usableFromInline let generations: UnsafeMutablePointer<UInt32>
    @usableFromInline let free: UnsafeMutablePointer<UInt32>
    @usableFromInline var freeCount = 0
    /// Places that were ever used: 0..<highWater.
    @usableFromInline package internal(set) var highWater = 0

    /// The most values at one time.
    @usableFromInline package let capacity: Int

    /// Values that are there.
    @inlinable package var count: Int { highWater &- freeCount }

    /// Whether every place is taken.
    @inlinable package var isFull: Bool { freeCount == 0 && highWater == capacity }

    /// An empty store.
    ///
    /// - Parameter capacity: 1...`Token.indexMax`.
    package init(capacity: Int) {
        precondition(capacity > 0 && capacity <= Token.indexMax, "capacity out of range")
        self.capacity = capacity
        // SAFETY: owned by this value and freed in `deinit`. The system hands out large
        // allocations as untouched pages, so a high bound costs address space and no memory.
        unsafe elements = .allocate(capacity: capacity)
        unsafe generations = .allocate(capacity: capacity)
        unsafe free = .allocate(capacity: capacity)
    }

    deinit {
        // SAFETY: odd generations mark exactly the initialised places.
        for index in 0..<highWater where unsafe generations[index] & 1 == 1 {
            unsafe (elements + index).deinitialize(count: 1)
        }
        unsafe elements.deallocate()
        unsafe generations.deallocate()
        unsafe free.deallocate()
    }

    /// Stores a value.
    ///
    /// - Returns: its place. The caller checks `isFull` before; a full store is our own fault.
    @inlinable package mutating func insert(_ element: consuming Element) -> Int {
        let index: Int
        // SAFETY: the place taken is below `capacity` and not initialised.
        if freeCount > 0 {
            freeCount &-= 1
            index = Int(unsafe free[freeCount])
            unsafe generations[index] &+= 1
        } else {
            precondition(highWater < capacity, "the slab is full")
            index = highWater
            highWater &+= 1
            unsafe generations[index] = 1
        }
        // SAFETY: as above.
        unsafe (elements + index).initialize(to: element)
        return index
    }

    /// Takes a value out; its place will be given to another.
    @inlinable package mutating func remove(_ index: Int) -> Element {
        precondition(contains(index), "no such place")
        // SAFETY: the place is initialised, as checked, and marked free before anybody looks.
        unsafe generations[index] &+= 1
        unsafe free[freeCount] = UInt32(truncatingIfNeeded: index)
        freeCount &+= 1
        return unsafe (elements + index).move()
    }

    /// Whether a place is in use.
    @inlinable package func contains(_ index: Int) -> Bool {
        // SAFETY: generations below `highWater` were written.
        if index < 0 || index >= highWater { return false }
        let generation = unsafe generations[index]
        return generation & 1 == 1
    }

    /// Whether a place is in use by the very user that `generation` counts.
    @inlinable package func contains(_ index: Int, generation: UInt32) -> Bool {
        contains(index) && self.generation(of: index) == generation
    }

    /// Counts the users of a place; odd while it is in use.
    @inlinable package func generation(of index: Int) -> UInt32 {
        precondition(index >= 0 && index < highWater, "no such place")
        // SAFETY: checked above.
        return unsafe generations[index]
    }

    /// The value at a place that is in use.
    @inlinable package subscript(_ index: Int) -> Element {
        _read {
            precondition(contains(index), "no such place")
            // SAFETY: the place is initialised, and `self` is borrowed meanwhile.
            yield unsafe elements[index]
        }
        _modify {
            precondition(contains(index), "no such place")
            // SAFETY: the place is initialised, and `self` is held exclusively meanwhile.
            yield unsafe &elements[index]
        }
    }
}
