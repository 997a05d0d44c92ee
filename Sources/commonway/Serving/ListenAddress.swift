import Reactor

/// Where a process listens, as `127.0.0.1:8080` or `[::1]:8080`; port 0 takes a free one.
struct ListenAddress: Sendable, CustomStringConvertible {
    /// The numeric address, without brackets.
    let host: String
    /// 0…65535.
    let port: UInt16

    init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads an address.
    ///
    /// - Throws: ``Complaint`` naming the flag and what is expected.
    init(_ text: String, flag: String) throws(Complaint) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let last = parts.last, let port = UInt16(last), parts.count >= 2 else {
            throw Self.malformed(text, flag)
        }
        var host = String(text.dropLast(last.count + 1))
        if host == "localhost" { host = "127.0.0.1" }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard SocketAddress(numeric: host, port: port) != nil else {
            throw Self.malformed(text, flag)
        }
        self.init(host: host, port: port)
    }

    private static func malformed(_ text: String, _ flag: String) -> Complaint {
        .usage(
            "\"\(text)\" is no address and port", at: flag,
            next: "write it as 127.0.0.1:8080 or [::1]:8080; port 0 takes a free one")
    }

    /// `127.0.0.1:8080`.
    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
