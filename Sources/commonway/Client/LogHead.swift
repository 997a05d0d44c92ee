import CanonicalJSON

/// A log's size and root, as a checkpoint signs them.
struct LogHead: Equatable, Sendable {
    /// The number of entries.
    let size: Int64
    /// The root hash, 64 hexadecimal digits.
    let root: String

    init(size: Int64, root: String) {
        self.size = size
        self.root = root
    }

    /// Reads `{"root":…,"size":…}`; `nil` when it is anything else.
    init?(_ value: JSONValue) {
        guard let size = value["size"]?.integer, let root = value["root"]?.string else {
            return nil
        }
        self.init(size: size, root: root)
    }

    /// The head as ballots name it.
    var value: JSONValue { ["root": .string(root), "size": .integer(size)] }
}
