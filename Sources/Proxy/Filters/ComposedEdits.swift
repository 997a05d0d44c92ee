internal import Routing

/// Header edits one after the other, as what they come to: whose lines go, and which come.
struct ComposedEdits {
    /// Names in lower case.
    private(set) var drops: [String] = []
    private var lines: [(name: String, text: String)] = []
    /// A secret that is to be sent is not held.
    private(set) var lacksSecret = false

    /// Adds edits behind those before.
    ///
    /// - Parameter secret: gives the value of the secret of that name.
    mutating func append(_ edits: HTTPRoute.HeaderEdits?, secret: (String) -> String?) {
        guard let edits else { return }
        for value in edits.set {
            drop(value.name)
            append(value, secret: secret)
        }
        for value in edits.add { append(value, secret: secret) }
        for name in edits.remove { drop(name) }
    }

    /// Adds names whose lines go.
    mutating func drop(_ name: String) {
        let lower = name.lowercased()
        if !drops.contains(lower) { drops.append(lower) }
        lines.removeAll { $0.name == lower }
    }

    private mutating func append(_ value: HTTPRoute.HeaderValue, secret: (String) -> String?) {
        let text: String
        switch value.value {
        case .literal(let literal): text = literal
        case .secret(let name):
            guard let held = secret(name) else {
                lacksSecret = true
                return
            }
            text = held
        }
        lines.append((value.name.lowercased(), "\(value.name): \(text)\r\n"))
    }

    /// The lines as they are written.
    var text: String { lines.map(\.text).joined() }
}
