/// The members of a JSON object, always in canonical order: sorted by the octets of their names.
///
/// A sorted array rather than a dictionary, so that nothing ever depends on a hash's order.
package struct JSONObject: Hashable, Sendable {
    /// One name and its value.
    package struct Member: Hashable, Sendable {
        /// The name: 0x20…0x7E octets only.
        package let name: String
        /// The value.
        package var value: JSONValue

        /// A member; a name outside the profile would not be written canonically.
        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The members by ascending name, each name once.
    package private(set) var members: [Member]

    /// Up to so many members are looked through from the first on.
    private static let searchedMax = 16

    /// An object without members.
    package init() { members = [] }

    /// Takes members in any order.
    ///
    /// - Returns: `nil` when a name comes twice.
    /// - Complexity: O(n log n); O(n) when they are in order already.
    package init?(_ unordered: [Member]) {
        var sorted = unordered
        if !Self.ascends(sorted) {
            sorted.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            guard Self.ascends(sorted) else { return nil }
        }
        members = sorted
    }

    /// Takes members that are in order.
    init(ascending members: [Member]) { self.members = members }

    private static func ascends(_ members: [Member]) -> Bool {
        zip(members, members.dropFirst()).allSatisfy {
            $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
    }

    /// The value of that name; setting `nil` removes the member.
    ///
    /// - Complexity: O(log n) to read, O(n) to change.
    package subscript(name: String) -> JSONValue? {
        get {
            // Nearly all objects have a few members with short names: to compare them all for
            // being the same is faster than some for their order.
            if members.count <= Self.searchedMax {
                return members.first { $0.name == name }?.value
            }
            let place = position(of: name)
            return place < members.count && members[place].name == name
                ? members[place].value : nil
        }
        set {
            let place = position(of: name)
            let found = place < members.count && members[place].name == name
            switch (newValue, found) {
            case (let value?, true): members[place].value = value
            case (let value?, false): members.insert(Member(name: name, value: value), at: place)
            case (nil, true): members.remove(at: place)
            case (nil, false): break
            }
        }
    }

    /// The first place whose name is not below the given one.
    private func position(of name: String) -> Int {
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            if members[middle].name.utf8.lexicographicallyPrecedes(name.utf8) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
