/// Where the echo backend listens.
enum EchoPlace: Equatable, Sendable {
    /// A numeric address and a port, 0 for a free one.
    case address(host: String, port: Int)
    /// A path in the file system.
    case unix(String)

    /// Reads `127.0.0.1:8090`, `[::1]:8090` or `:8090`, which is loopback.
    init(_ text: String) throws(EchoFault) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else {
            throw EchoFault(name: "listen", text: text, expected: "ADDRESS:PORT")
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            throw EchoFault(name: "listen", text: text, expected: "[IPV6]:PORT")
        }
        self = .address(host: host.isEmpty ? "127.0.0.1" : host, port: Int(port))
    }
}
