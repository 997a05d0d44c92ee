/// The elements of the array behind a table digest as text, each behind a comma:
/// `,["HTTPRoute/library",…],["HTTPRoute/search",…]`.
///
/// One run of octets for thousands of documents, so that a digest takes what did not change as it
/// stands.
struct TableText: Sendable {
    private var octets: [UInt8] = []
    /// Where each element ends.
    private var ends: [Int] = []

    /// No elements.
    init() {}

    /// How many elements there are.
    var count: Int { ends.count }

    /// An element, without its comma.
    subscript(place: Int) -> ArraySlice<UInt8> { octets[range(place..<place + 1)].dropFirst() }

    /// Some elements that follow each other, a comma before each.
    subscript(places: Range<Int>) -> ArraySlice<UInt8> { octets[range(places)] }

    /// Puts an element before the one at a place.
    ///
    /// - Complexity: O(n), by moving octets; O(1) at the end.
    mutating func insert(_ element: [UInt8], at place: Int) {
        let start = place == 0 ? 0 : ends[place - 1]
        octets.insert(contentsOf: Self.behindComma(element), at: start)
        ends.insert(start, at: place)
        move(from: place, by: element.count + 1)
    }

    /// Puts an element in the place of another.
    ///
    /// - Complexity: As ``insert(_:at:)``; O(1) for one of the same length, as most are.
    mutating func replace(_ place: Int, by element: [UInt8]) {
        let old = range(place..<place + 1)
        octets.replaceSubrange(old, with: Self.behindComma(element))
        move(from: place, by: element.count + 1 - old.count)
    }

    /// Takes an element out.
    ///
    /// - Complexity: As ``insert(_:at:)``.
    mutating func remove(at place: Int) {
        let old = range(place..<place + 1)
        octets.removeSubrange(old)
        ends.remove(at: place)
        move(from: place, by: -old.count)
    }

    private static func behindComma(_ element: [UInt8]) -> [UInt8] {
        [UInt8(ascii: ",")] + element
    }

    private func range(_ places: Range<Int>) -> Range<Int> {
        func start(of place: Int) -> Int { place == 0 ? 0 : ends[place - 1] }
        return start(of: places.lowerBound)..<start(of: places.upperBound)
    }

    private mutating func move(from place: Int, by octets: Int) {
        guard octets != 0 else { return }
        for later in place..<ends.count { ends[later] += octets }
    }
}
