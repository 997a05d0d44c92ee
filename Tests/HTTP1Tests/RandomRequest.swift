import TestKit

/// Requests drawn from a seed: good ones, with as much variety as a head allows.
struct RandomRequest {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// A good request head.
    mutating func head() -> String {
        var lines = [requestLine(), "Host: \(pick(["a", "b.example:81", "[::1]:8080", "%41.b"]))"]
        for _ in 0..<Int.random(in: 0...8, using: &random) { lines.append(line()) }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: lines.append("Content-Length:\(space())\(Int.random(in: 0...99, using: &random))")
        case 1: lines.append("transfer-encoding:\(space())chunked\(space())")
        default: break
        }
        lines.append(pick(["Max-Forwards: 5", "max-forwards:0", "X-A: z"]))
        let host = lines.remove(at: 1)
        lines.insert(host, at: Int.random(in: 1...lines.count, using: &random))
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    /// A good request head with a few octets replaced, dropped or put in.
    mutating func garbledHead() -> [UInt8] {
        var octets = Array(head().utf8)
        let bad = Array("\r\n\0 \t:;,/?#%@[]*aZ0_\u{1}\u{7F}\u{E9}".utf8)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: octets.indices, using: &random)
            let octet = bad[Int.random(in: bad.indices, using: &random)]
            switch Int.random(in: 0..<3, using: &random) {
            case 0: octets[place] = octet
            case 1: octets.insert(octet, at: place)
            default: octets.remove(at: place)
            }
        }
        return octets
    }

    /// Counts at which octets arrive in small pieces.
    mutating func arrivals(of count: Int) -> [Int] {
        var arrivals: [Int] = []
        var arrived = 0
        while arrived < count {
            arrived = min(count, arrived + Int.random(in: 1...24, using: &random))
            arrivals.append(arrived)
        }
        return arrivals
    }

    private mutating func requestLine() -> String {
        let origin = pick(["", "", "", "http://b.example", "https://[::1]:81", "HTTP://c:"])
        let path = pick(["/", "/a", "/a/../b", "/%41%2f", "/a//b/.", "/[x]|y", "/a;b=c"])
        let query = pick(["", "", "?", "?a=b&c=%zz", "?/?\"<>{}|\\^`"])
        return "\(pick(["GET", "POST", "PUT", "M-X", "OPTIONS"])) \(origin)\(path)\(query) HTTP/1.1"
    }

    private mutating func line() -> String {
        let name = pick([
            "X-A", "x-a", "X-B", "X_C", "Accept", "COOKIE", "Connection", "connection",
            "Keep-Alive", "TE", "Trailer", "Via", "X-Forwarded-For", "Forwarded", "User-Agent",
            "Upgrade", "Proxy-Authorization", "Expect", "Date", "traceparent",
        ])
        let value =
            switch name.lowercased() {
            case "connection": pick(["close", "X-A, TE", "x-b,keep-alive", ", upgrade ,", ""])
            default:
                pick(["", "a", "a, b", "trailers", "websocket", "\"q\\\"\"", "\u{E9}", "x\ty"])
            }
        return "\(name):\(space())\(value)\(space())"
    }

    private mutating func space() -> String { pick(["", " ", " ", " ", "\t", "  \t "]) }

    private mutating func pick(_ choices: [String]) -> String {
        choices[Int.random(in: choices.indices, using: &random)]
    }
}
