package import Routing

/// reference/routing.md, "Which rule wins" and "Edges", written down as slowly as it reads: every
/// match of every route is tried, and the winner is picked by the eight steps.
package struct NaiveMatcher {
    private struct Candidate {
        let steps: [Int]
        let label: String
        let match: Int
    }

    private let routes: [(route: HTTPRoute, sequence: Int)]

    /// A matcher over the routes in force.
    package init(_ set: DocumentSet) {
        routes = set.documents.compactMap { document in
            guard case .route(let route) = document.proposed.document else { return nil }
            return (route, document.sequence)
        }
    }

    /// `route/rule` and the match's number, or `404`.
    package func decide(_ request: RoutedRequest) -> (label: String, match: Int) {
        let names = routes.map(\.route.name).sorted {
            Array($0.utf8).lexicographicallyPrecedes($1.utf8)
        }
        var best: Candidate?
        for (route, sequence) in routes {
            for (ruleIndex, rule) in route.rules.enumerated() {
                for (matchIndex, match) in rule.matches.enumerated() {
                    guard Self.fits(match, request) else { continue }
                    let hosts: [Hostname?] = route.hostnames.isEmpty ? [nil] : route.hostnames
                    for host in hosts where Self.fits(host, request.host) {
                        let steps = [
                            Self.hostStep(host),
                            match.path.kind == .exact ? 0 : 1,
                            match.path.kind == .exact ? 0 : -match.path.value.utf8.count,
                            match.method == nil ? 1 : 0,
                            -match.headers.count,
                            -match.queryParams.count,
                            sequence,
                            names.firstIndex(of: route.name) ?? -1,
                            ruleIndex,
                            matchIndex,
                        ]
                        if best.map({ steps.lexicographicallyPrecedes($0.steps) }) ?? true {
                            best = Candidate(
                                steps: steps,
                                label: "\(route.name)/\(route.label(ofRule: ruleIndex))",
                                match: matchIndex)
                        }
                    }
                }
            }
        }
        return best.map { ($0.label, $0.match) } ?? ("404", -1)
    }

    private static func hostStep(_ host: Hostname?) -> Int {
        guard let host else { return 1000 }
        return host.isWildcard ? 500 - host.text.utf8.count : 0
    }

    private static func fits(_ host: Hostname?, _ name: [UInt8]) -> Bool {
        guard let host else { return true }
        let name = lowered(name)
        let own = Array(host.name.utf8)
        guard host.isWildcard else { return name == own }
        return name.count > own.count + 1 && name.suffix(own.count + 1) == [dot] + own
    }

    private static func fits(_ match: HTTPRoute.Match, _ request: RoutedRequest) -> Bool {
        let value = Array(match.path.value.utf8)
        let path =
            match.path.kind == .exact
            ? request.path == value
            : value.isEmpty || request.path == value || request.path.starts(with: value + [slash])
        guard path, match.method.map({ Array($0.utf8) == request.method }) ?? true else {
            return false
        }
        return match.headers.allSatisfy { fits($0, request.headers) }
            && match.queryParams.allSatisfy { fits($0, query: request.query) }
    }

    private static func fits(
        _ header: HTTPRoute.FieldMatch, _ headers: [RoutedRequest.Header]
    ) -> Bool {
        let lines = headers.filter { lowered($0.name) == Array(header.name.utf8) }.map(\.value)
        return !lines.isEmpty
            && Array(lines.joined(separator: Array(", ".utf8))) == Array(header.value.utf8)
    }

    private static func fits(_ parameter: HTTPRoute.FieldMatch, query: [UInt8]) -> Bool {
        for pair in query.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard decoded(parts[0]) == Array(parameter.name.utf8) else { continue }
            return (parts.count > 1 ? decoded(parts[1]) : []) == Array(parameter.value.utf8)
        }
        return false
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        let octets = Array(text)
        var result: [UInt8] = []
        var index = 0
        while index < octets.count {
            let digits = String(decoding: octets[index...].dropFirst().prefix(2), as: UTF8.self)
            if octets[index] == UInt8(ascii: "%"), digits.utf8.count == 2,
                digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
                let octet = UInt8(digits, radix: 16)
            {
                result.append(octet)
                index += 3
            } else {
                result.append(octets[index] == UInt8(ascii: "+") ? 0x20 : octets[index])
                index += 1
            }
        }
        return result
    }

    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")

    private static func lowered(_ octets: [UInt8]) -> [UInt8] {
        octets.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
    }
}
