import CanonicalJSON
import Routing

/// Routes and requests as text, a line each, so that an input can be written by hand:
///
/// ```
/// route r1 a.org *.b.org           begins a route with its hostnames
/// prefix /a GET | x-one: 1 | ?p=2  a match of its current rule, with what it requires
/// exact /a/b                       another
/// rule                             begins its next rule
/// drop r1                          takes a route out of force
/// > GET a.org/a/b?p=2 | X-One: 1   a request
/// ```
///
/// A line of another kind is passed over, and so is a route that the documents' rules refuse.
struct RouteScript {
    /// The most routes and requests that are read, so that an input stays cheap.
    private static let linesMax = 64

    private(set) var set: DocumentSet
    private(set) var requests: [RoutedRequest] = []

    private var name: String?
    private var hostnames: [JSONValue] = []
    private var rules: [[JSONValue]] = []
    private var entry = 10

    private static let backend: JSONValue = [
        "kind": "Backend", "name": "b", "endpoints": [["address": "127.0.0.1", "port": 9001]],
    ]

    init(_ octets: [UInt8]) throws(Broken) {
        set = DocumentSet()
        enact(Self.backend)
        guard set.documents.count == 1 else { throw Broken("a good backend is taken") }
        let lines = octets.split(separator: 0x0A, omittingEmptySubsequences: true)
        for line in lines.prefix(Self.linesMax) { read(line) }
        finishRoute()
    }

    private mutating func read(_ line: ArraySlice<UInt8>) {
        let parts = Self.parts(of: line)
        let words = parts[0].split(separator: 0x20)
        guard let word = words.first.map({ String(decoding: $0, as: UTF8.self) }) else { return }
        switch word {
        case "route":
            finishRoute()
            name = words.dropFirst().first.map { String(decoding: $0, as: UTF8.self) }
            hostnames = words.dropFirst(2).map { Self.string($0) }
            rules = [[]]
        case "rule": if name != nil { rules.append([]) }
        case "prefix", "exact", "any":
            if name != nil { rules[rules.count - 1].append(match(word, words, parts)) }
        case "drop":
            finishRoute()
            guard let other = words.dropFirst().first else { return }
            enact(["op": "delete", "kind": "HTTPRoute", "name": Self.string(other)])
        case ">": requests.append(request(words, parts))
        default: break
        }
    }

    /// Cuts a line at ` | `.
    private static func parts(of line: ArraySlice<UInt8>) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var rest = line
        while let first = rest.first {
            if first == 0x20, rest.starts(with: " | ".utf8) {
                parts.append([])
                rest = rest.dropFirst(3)
            } else {
                parts[parts.count - 1].append(first)
                rest = rest.dropFirst()
            }
        }
        return parts
    }

    private static func string(_ octets: some Collection<UInt8>) -> JSONValue {
        .string(String(decoding: octets, as: UTF8.self))
    }

    private func match(
        _ word: String, _ words: [ArraySlice<UInt8>], _ parts: [[UInt8]]
    ) -> JSONValue {
        var match = JSONObject()
        var arguments = words.dropFirst()
        if word != "any", let path = arguments.popFirst() {
            match["path"] = [
                "type": word == "exact" ? "Exact" : "PathPrefix", "value": Self.string(path),
            ]
        }
        if let method = arguments.first { match["method"] = Self.string(method) }
        var headers: [JSONValue] = []
        var parameters: [JSONValue] = []
        for part in parts.dropFirst() {
            if part.first == UInt8(ascii: "?") {
                parameters.append(Self.condition(part.dropFirst(), UInt8(ascii: "="), space: 0))
            } else {
                headers.append(Self.condition(part[...], UInt8(ascii: ":"), space: 1))
            }
        }
        if !headers.isEmpty { match["headers"] = .array(headers) }
        if !parameters.isEmpty { match["queryParams"] = .array(parameters) }
        return .object(match)
    }

    private static func condition(
        _ part: ArraySlice<UInt8>, _ sign: UInt8, space: Int
    ) -> JSONValue {
        let name = part.prefix { $0 != sign }
        return [
            "name": string(name), "value": string(part.dropFirst(name.count + 1 + space)),
        ]
    }

    private func request(_ words: [ArraySlice<UInt8>], _ parts: [[UInt8]]) -> RoutedRequest {
        let target = words.count > 2 ? words[2] : []
        let host = target.prefix { $0 != UInt8(ascii: "/") }
        let rest = target.dropFirst(host.count)
        let path = rest.prefix { $0 != UInt8(ascii: "?") }
        let headers = parts.dropFirst().map { part in
            let name = part.prefix { $0 != UInt8(ascii: ":") }
            return RoutedRequest.Header(
                name: Array(name), value: Array(part.dropFirst(name.count + 2)))
        }
        return RoutedRequest(
            method: words.count > 1 ? Array(words[1]) : [], host: Array(host), path: Array(path),
            query: Array(rest.dropFirst(path.count + 1)), headers: headers)
    }

    private mutating func finishRoute() {
        guard let name else { return }
        self.name = nil
        enact([
            "kind": "HTTPRoute", "name": .string(name), "hostnames": .array(hostnames),
            "rules": .array(
                rules.map { ["matches": .array($0), "backendRefs": [["name": "b"]]] }),
        ])
    }

    /// Puts a document in force by an entry of its own, unless the rules refuse it.
    private mutating func enact(_ document: JSONValue) {
        do throws(PlanFault) {
            try set.apply(
                try OperationBundle(applying: [document]),
                by: Enactment(entry: entry, proposal: entry))
            entry += 1
        } catch {
            // A route that no vote could enact is part of no table.
        }
    }
}
