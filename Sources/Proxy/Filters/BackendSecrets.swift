/// Values that the operator holds for backends and that no document can contain: the log is public
/// for ever.
///
/// Each is bound to the backend that it is for: a route that names it on another backend's
/// reference gets nothing, whatever was voted.
package struct BackendSecrets: Sendable {
    private var values: [String: [String: String]] = [:]

    /// None.
    package init() {}

    /// Holds a value.
    ///
    /// - Parameters:
    ///   - value: a field value: no CR, LF or NUL, no white space around it.
    ///   - name: the secret's name.
    ///   - backend: the backend that it is for.
    package mutating func hold(_ value: String, as name: String, for backend: String) {
        values[backend, default: [:]][name] = value
    }

    /// The value of a secret; `nil` when it is not held for that backend.
    func value(of name: String, for backend: String) -> String? { values[backend]?[name] }

    /// How many are held.
    package var count: Int { values.values.reduce(0) { $0 + $1.count } }
}

extension BackendSecrets: CustomStringConvertible, CustomReflectable {
    /// Says how many there are, never what.
    package var description: String { "\(count) secrets" }

    /// Nothing: a dump shows no value.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
