internal import Reactor
internal import Routing

extension Endpoint.Key {
    /// The key of a document's endpoint.
    init(_ endpoint: Backend.Endpoint) {
        let port = UInt16(clamping: endpoint.port ?? 0)
        switch endpoint.address {
        case .ipv4(let number):
            let octets = [24, 16, 8, 0].map { String(number >> UInt32($0) & 255) }
            self.init(host: octets.joined(separator: "."), port: port, kind: .numeric)
        case .ipv6(let high, let low):
            let groups = [high, low].flatMap { half in
                [48, 32, 16, 0].map { String(half >> UInt64($0) & 0xFFFF, radix: 16) }
            }
            self.init(host: groups.joined(separator: ":"), port: port, kind: .numeric)
        case .hostname(let name):
            self.init(host: name, port: port, kind: .name)
        case .unix(let path):
            self.init(host: path, port: 0, kind: .path)
        }
    }

    /// The addresses that need no resolver; none for a name.
    var fixedAddresses: [SocketAddress] {
        switch kind {
        case .numeric: SocketAddress(numeric: host, port: port).map { [$0] } ?? []
        case .path: SocketAddress(path: host).map { [$0] } ?? []
        case .name: []
        }
    }

    /// What a Host field says for it.
    var authority: String {
        switch kind {
        case .path: "localhost"
        case .numeric where host.contains(":"): "[\(host)]:\(port)"
        case .numeric, .name: "\(host):\(port)"
        }
    }
}
