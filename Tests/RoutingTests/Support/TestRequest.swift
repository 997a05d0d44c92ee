import Foundation
import FuzzTargets
import Routing

/// A request head as octets, and where everything stands in them.
struct TestRequest: Sendable, CustomStringConvertible {
    var method: String
    var host: String
    var path: String
    var query: String
    var headers: [(name: String, value: String)]

    init(
        method: String = "GET", host: String, path: String, query: String = "",
        headers: [(name: String, value: String)] = []
    ) {
        self.method = method
        self.host = host
        self.path = path
        self.query = query
        self.headers = headers
    }

    /// Reads `GET a.example.org/path?query | Name: value | Name: value`; a host of `-` is none.
    init(_ line: String) {
        var parts = line.components(separatedBy: " | ")
        let start = parts.removeFirst()
        let space = start.firstIndex(of: " ") ?? start.endIndex
        method = String(start[..<space])
        let target = start[space...].dropFirst()
        host = String(target.prefix { $0 != "/" })
        let rest = target.dropFirst(host.count)
        path = String(rest.prefix { $0 != "?" })
        query = String(rest.dropFirst(path.count).dropFirst())
        if host == "-" { host = "" }
        headers = parts.map { part in
            let colon = part.firstIndex(of: ":") ?? part.endIndex
            return (String(part[..<colon]), String(part[colon...].dropFirst(2)))
        }
    }

    var description: String {
        let fields = headers.map { " | \($0.name): \($0.value)" }.joined()
        return "\(method) \(host)\(path)\(query.isEmpty ? "" : "?")\(query)\(fields)"
    }

    /// The request as the naive matcher takes it.
    var routed: RoutedRequest {
        RoutedRequest(
            method: Array(method.utf8), host: Array(host.utf8), path: Array(path.utf8),
            query: Array(query.utf8),
            headers: headers.map {
                RoutedRequest.Header(name: Array($0.name.utf8), value: Array($0.value.utf8))
            })
    }

    /// The fields as a parser would give them.
    var fields: (octets: [UInt8], fields: TestFields) {
        var octets: [UInt8] = []
        var fields = TestFields(names: [], values: [])
        for header in headers {
            let name = octets.count
            octets.append(contentsOf: header.name.utf8)
            fields.names.append(name..<octets.count)
            octets.append(contentsOf: ": ".utf8)
            let value = octets.count
            octets.append(contentsOf: header.value.utf8)
            fields.values.append(value..<octets.count)
            octets.append(contentsOf: "\r\n".utf8)
        }
        return (octets, fields)
    }
}

/// Header fields by their ranges.
struct TestFields: RequestFields {
    var names: [Range<Int>]
    var values: [Range<Int>]

    var fieldCount: Int { names.count }
    func fieldName(at index: Int) -> Range<Int> { names[index] }
    func fieldValue(at index: Int) -> Range<Int> { values[index] }
}

extension RouteTable {
    /// Decides a request of the tests.
    func decide(_ request: TestRequest) -> Decision? {
        let method = Array(request.method.utf8)
        let host = Array(request.host.utf8)
        let path = Array(request.path.utf8)
        let query = Array(request.query.utf8)
        let (octets, fields) = request.fields
        return match(
            method: method.span, host: host.span, path: path.span, query: query.span,
            fields: fields, octets: octets.span)
    }

    /// `route/rule` of the rule that serves a request, or `404`.
    func label(for request: TestRequest) -> String {
        decide(request).map { "\(rules[$0.rule].route)/\(rules[$0.rule].rule)" } ?? "404"
    }
}
