import Crypto

/// SHA-256 over the text of the array behind a table digest.
///
/// Keeps how far the digest was at every so manieth element: after a change only what stands from
/// there on is hashed again, half of a table on the average.
struct TableHasher {
    /// The digest so far before each element whose place is a multiple of ``stride``, and before
    /// its comma.
    private(set) var marks: [SHA256] = []
    private var hasher = SHA256()
    /// The elements appended, or taken to be.
    private(set) var count = 0

    /// Elements between two marks.
    private static let stride = 64

    /// Begins with no element.
    init() { hasher.update(data: Array("[".utf8)) }

    /// Goes on before an element of a text that was hashed, or a few elements earlier.
    ///
    /// - Parameter marks: Those of that text.
    init(before place: Int, marks: [SHA256]) {
        self.init()
        let last = min(place / Self.stride, marks.count - 1)
        guard last > 0 else { return }
        self.marks = Array(marks[..<last])
        hasher = marks[last]
        count = last * Self.stride
    }

    /// Appends an element.
    mutating func append(_ element: [UInt8]) {
        mark()
        if count > 0 { hasher.update(data: Array(",".utf8)) }
        hasher.update(data: element)
        count += 1
    }

    /// Appends elements as they stand in a text.
    mutating func append(_ places: Range<Int>, of text: TableText) {
        var next = places.lowerBound
        while next < places.upperBound {
            mark()
            let room = Self.stride - count % Self.stride
            let end = min(next + room, places.upperBound)
            let octets = text[next..<end]
            // Nothing stands before the first comma.
            hasher.update(data: count == 0 ? octets.dropFirst() : octets)
            count += end - next
            next = end
        }
    }

    /// Ends the array.
    mutating func finish() -> ContentDigest {
        hasher.update(data: Array("]".utf8))
        return ContentDigest(finishing: hasher)
    }

    private mutating func mark() {
        if count.isMultiple(of: Self.stride) { marks.append(hasher) }
    }

    /// The marks that still hold when the elements from a place on change.
    static func marks(_ marks: [SHA256], before place: Int) -> [SHA256] {
        // The mark before the element at the place has nothing of it yet.
        Array(marks.prefix(place / stride + 1))
    }
}
