import Foundation
import FuzzTargets
import TestKit

/// A file below fuzz/.
struct Input {
    /// From the repository's root on.
    let path: String
    let octets: [UInt8]

    /// The fault that its name begins with: `bad-host` of `bad-host.ipv6`.
    var fault: String {
        let name = path.split(separator: "/").last ?? ""
        // A fault's name can have a dot itself: the longest part before a dot is no help then.
        return name.hasPrefix("transfer-encoding-in-http-1.0")
            ? "transfer-encoding-in-http-1.0" : String(name.prefix { $0 != "." })
    }

    /// The seeds of a target.
    static func seeds(of target: FuzzTarget) throws -> [Input] {
        try all(in: "fuzz/seeds/\(target.rawValue)")
    }

    /// The seeds of a target and what was found with them.
    static func all(of target: FuzzTarget) throws -> [Input] {
        try seeds(of: target) + all(in: "fuzz/found/\(target.rawValue)")
    }

    /// The files of a folder; none where it is missing, as it is while nothing was found.
    private static func all(in folder: String) throws -> [Input] {
        let root = Checkout.root.appendingPathComponent(folder).path
        guard FileManager.default.fileExists(atPath: root) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: root).sorted().map { name in
            let path = "\(folder)/\(name)"
            return Input(path: path, octets: try Checkout.contents(of: path))
        }
    }
}
