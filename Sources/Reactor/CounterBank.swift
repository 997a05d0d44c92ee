internal import Synchronization

/// Numbers that one loop counts and any thread may read while it does.
///
/// There is one writer, so counting is a plain load, addition and store: no locked instruction and
/// nothing to publish. A reader may see one number a moment older than another.
@safe package final class CounterBank: Sendable {
    /// How many numbers there are.
    @usableFromInline package let count: Int

    // SAFETY: room for `count` atomics, all initialised in `init` and freed in `deinit`; the
    // pointer never changes, and what it leads to is atomic.
    private nonisolated(unsafe) let numbers: UnsafeMutablePointer<Atomic<Int>>

    /// Numbers 0..<count, all 0.
    package init(count: Int) {
        precondition(count > 0, "a bank of no numbers")
        self.count = count
        // SAFETY: owned by this object and freed in `deinit`.
        unsafe numbers = .allocate(capacity: count)
        for index in 0..<count { unsafe (numbers + index).initialize(to: Atomic(0)) }
    }

    deinit {
        // SAFETY: all places were initialised; nobody names them any more.
        unsafe numbers.deinitialize(count: count)
        unsafe numbers.deallocate()
    }

    /// Adds to a number; from the loop that owns the bank alone.
    package func add(_ amount: Int, to index: Int) {
        precondition(index >= 0 && index < count, "no such number")
        // SAFETY: the index was checked.
        let value = unsafe numbers[index].load(ordering: .relaxed)
        unsafe numbers[index].store(value &+ amount, ordering: .relaxed)
    }

    /// Sets a number; from the loop that owns the bank alone.
    package func set(_ index: Int, to value: Int) {
        precondition(index >= 0 && index < count, "no such number")
        // SAFETY: the index was checked.
        unsafe numbers[index].store(value, ordering: .relaxed)
    }

    /// A number as it is now.
    package subscript(_ index: Int) -> Int {
        precondition(index >= 0 && index < count, "no such number")
        // SAFETY: the index was checked.
        return unsafe numbers[index].load(ordering: .relaxed)
    }
}
