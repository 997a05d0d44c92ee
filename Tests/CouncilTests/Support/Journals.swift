import Council
import Routing
import Synchronization

/// The real journal, with something between it and the council.
protocol WrappedJournal: Journal {
    var inner: any Journal { get }
}

extension WrappedJournal {
    func count() throws(JournalError) -> Int { try inner.count() }

    func entries(from first: Int, limit: Int) throws(JournalError) -> [JournalEntry] {
        try inner.entries(from: first, limit: limit)
    }

    func entry(at index: Int) throws(JournalError) -> JournalEntry? { try inner.entry(at: index) }

    func entryIndex(ofStatement hash: ContentDigest) throws(JournalError) -> Int? {
        try inner.entryIndex(ofStatement: hash)
    }
}

/// Notes how many entries each append brought, and can hold one up.
final class CountingJournal: WrappedJournal {
    let inner: any Journal
    private let sizes = Mutex<[Int]>([])
    private let isHeld = Atomic<Bool>(false)

    init(_ inner: any Journal) { self.inner = inner }

    /// The entries of each append so far.
    var appends: [Int] { sizes.withLock { $0 } }

    /// Holds up the next appends until ``release()``.
    func hold() { isHeld.store(true, ordering: .sequentiallyConsistent) }

    func release() { isHeld.store(false, ordering: .sequentiallyConsistent) }

    func append(_ entries: [JournalEntry]) throws(JournalError) {
        sizes.withLock { $0.append(entries.count) }
        while isHeld.load(ordering: .sequentiallyConsistent) {}
        try inner.append(entries)
    }
}

/// Commits, and then does not say so, as a disk that fails in the last moment.
final class SilentJournal: WrappedJournal {
    let inner: any Journal
    private let isSilent = Atomic<Bool>(false)

    init(_ inner: any Journal) { self.inner = inner }

    func fallSilent() { isSilent.store(true, ordering: .sequentiallyConsistent) }

    func append(_ entries: [JournalEntry]) throws(JournalError) {
        try inner.append(entries)
        guard isSilent.load(ordering: .sequentiallyConsistent) else { return }
        throw .outcomeUnknown(StorageFault(code: 10, message: "disk I/O error"))
    }
}
