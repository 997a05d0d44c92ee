import Crypto

/// SHA-256 over the text of the array behind a table digest, element by element.
///
/// Keeps how far the digest was at every so manieth element: after a change only what stands from
/// there on is hashed again, half of a table on the average.
struct TableHasher {
    /// The digest so far before each element whose place is a multiple of ``stride``.
    private(set) var marks: [SHA256] = []
    private var hasher = SHA256()
    /// The text that is not hashed yet.
    private var text: [UInt8] = [UInt8(ascii: "[")]
    /// The elements appended, or taken to be.
    private(set) var count = 0

    /// Elements between two marks.
    private static let stride = 64

    /// Begins with no element.
    init() {}

    /// Goes on before an element of a text that was hashed, or a few elements earlier.
    ///
    /// - Parameter marks: Those of that text.
    init(before place: Int, marks: [SHA256]) {
        let last = min(place / Self.stride, marks.count - 1)
        guard last > 0 else { return }
        self.marks = Array(marks[..<last])
        hasher = marks[last]
        text = []
        count = last * Self.stride
    }

    /// Appends an element.
    mutating func append(_ element: [UInt8]) {
        if count.isMultiple(of: Self.stride) {
            flush()
            marks.append(hasher)
        }
        if count > 0 { text.append(UInt8(ascii: ",")) }
        text.append(contentsOf: element)
        count += 1
    }

    /// Ends the array.
    mutating func finish() -> ContentDigest {
        text.append(UInt8(ascii: "]"))
        flush()
        return ContentDigest(finishing: hasher)
    }

    private mutating func flush() {
        guard !text.isEmpty else { return }
        hasher.update(data: text)
        text.removeAll(keepingCapacity: true)
    }

    /// The marks that still hold when the elements from a place on change.
    static func marks(_ marks: [SHA256], before place: Int) -> [SHA256] {
        // The mark before the element at the place has nothing of it yet.
        Array(marks.prefix(place / stride + 1))
    }
}
