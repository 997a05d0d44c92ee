internal import Glibc

/// Storage whose octets are all zero; for integers only. Freed by `release`.
func zeroed<Element: BitwiseCopyable & FixedWidthInteger>(
    _ count: Int
) -> UnsafeMutablePointer<Element> {
    // SAFETY: calloc checks the product and returns storage aligned for any integer; zero octets
    // are a valid value of every fixed-width integer.
    guard let storage = unsafe calloc(count, MemoryLayout<Element>.stride) else {
        preconditionFailure("the machine has no memory left")
    }
    return unsafe storage.bindMemory(to: Element.self, capacity: count)
}

/// Frees what `zeroed` made.
func release<Element>(_ storage: UnsafeMutablePointer<Element>) {
    // SAFETY: the pointer came from calloc and is not used again.
    unsafe free(storage)
}
