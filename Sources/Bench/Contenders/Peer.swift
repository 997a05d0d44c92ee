import Foundation

/// The gateways of others, as Debian packages them, one worker each.
enum Peer: String, CaseIterable {
    case nginx
    case haproxy
    case caddy

    /// Debian's package of it.
    var package: String { self == .nginx ? "nginx-light" : rawValue }

    /// Its configuration in the repository.
    var configuration: String {
        switch self {
        case .nginx: "nginx.conf"
        case .haproxy: "haproxy.cfg"
        case .caddy: "Caddyfile"
        }
    }

    /// Its access log below its folder, where its configuration puts it; HAProxy prints it.
    var accessLog: String { self == .haproxy ? "haproxy.out" : "access.log" }

    /// What starts it in the foreground.
    func arguments(configuration: String, folder: String) -> [String] {
        switch self {
        case .nginx: ["-p", folder, "-e", "stderr", "-c", configuration]
        case .haproxy: ["-db", "-f", configuration]
        case .caddy: ["run", "--config", configuration, "--adapter", "caddyfile"]
        }
    }

    /// What it takes from its environment.
    func environment(folder: String) -> [String: String] {
        switch self {
        case .nginx, .haproxy: [:]
        // It runs as many threads at once as it is allowed, and keeps its state below these.
        case .caddy: ["GOMAXPROCS": "1", "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder]
        }
    }

    /// Those whose figures the goals of DESIGN §6 name.
    static let measuredBy = [nginx.rawValue, haproxy.rawValue]
}
