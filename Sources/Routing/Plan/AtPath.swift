/// Something that stands at a path; lists of it are sorted by path, each path once.
///
/// Paths of documents are ASCII, so that comparing them as texts compares their octets.
protocol AtPath {
    /// The path; a prefix without its final `/`.
    var path: String { get }
}

/// What stands at a path and around it.
struct PathsAround {
    /// The places in the list, longest path first.
    fileprivate(set) var places: [Int] = []
    /// How many paths were looked up in vain.
    fileprivate(set) var misses = 0
}

extension Array where Element: AtPath {
    /// The first place whose path is not below the given one.
    func position(of path: some StringProtocol) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].path < path { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Finds what stands at a path, and at what of it stands before one of its slashes.
    ///
    /// Where a path is not in the list, what stands before its place has at least as much in common
    /// with it as any prefix of it that is; so the search goes on there, and a path of hundreds of
    /// segments among few others takes few steps.
    ///
    /// - Complexity: O((what is found + misses) · log n).
    func places(around path: String) -> PathsAround {
        var found = PathsAround()
        var rest = Substring(path)
        while true {
            let place = position(of: rest)
            var shared = rest.utf8.count
            if place < count, self[place].path == rest {
                found.places.append(place)
            } else {
                found.misses += 1
                guard place > 0 else { return found }
                shared = self[place - 1].path.utf8.octetsShared(with: rest.utf8) + 1
            }
            guard let slash = rest.utf8.prefix(shared).lastIndex(of: UInt8(ascii: "/")) else {
                return found
            }
            rest = rest[..<slash]
        }
    }
}

extension String.UTF8View {
    /// How many octets stand at the beginning of both.
    fileprivate func octetsShared(with other: Substring.UTF8View) -> Int {
        let ours = span
        let theirs = other.span
        let most = Swift.min(ours.count, theirs.count)
        var count = 0
        while count < most, ours[count] == theirs[count] { count += 1 }
        return count
    }
}
