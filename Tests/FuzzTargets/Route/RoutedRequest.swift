package import Routing

/// A request as a table is asked about it.
package struct RoutedRequest: Equatable, CustomStringConvertible {
    /// One header line.
    package struct Header: Equatable {
        /// The name, in any case.
        package let name: [UInt8]
        /// The value.
        package let value: [UInt8]

        /// A line.
        package init(name: [UInt8], value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    /// The method.
    package let method: [UInt8]
    /// The host without port, in any case; may be empty.
    package let host: [UInt8]
    /// The path.
    package let path: [UInt8]
    /// The query without its `?`; may be empty.
    package let query: [UInt8]
    /// The header lines in order.
    package let headers: [Header]

    /// A request of its parts.
    package init(
        method: [UInt8], host: [UInt8], path: [UInt8], query: [UInt8], headers: [Header]
    ) {
        self.method = method
        self.host = host
        self.path = path
        self.query = query
        self.headers = headers
    }

    /// The request as a line of ``RouteScript`` writes it.
    package var description: String {
        let mark = query.isEmpty ? [] : [UInt8(ascii: "?")]
        let lines = headers.map { $0.name + Array(": ".utf8) + $0.value }
        let target = method + [0x20] + host + path + mark + query
        return Octets.shown(([target] + lines).joined(separator: Array(" | ".utf8)))
    }
}

extension RouteTable {
    /// Decides a request whose header lines stand in octets as a parser leaves them.
    package func decide(_ request: RoutedRequest) -> Decision? {
        var octets: [UInt8] = []
        var places = HeaderPlaces()
        for header in request.headers {
            places.names.append(octets.count..<octets.count + header.name.count)
            octets += header.name + Array(": ".utf8)
            places.values.append(octets.count..<octets.count + header.value.count)
            octets += header.value + Array("\r\n".utf8)
        }
        return match(
            method: request.method.span, host: request.host.span, path: request.path.span,
            query: request.query.span, fields: places, octets: octets.span)
    }
}

/// Where header lines stand.
private struct HeaderPlaces: RequestFields {
    var names: [Range<Int>] = []
    var values: [Range<Int>] = []

    var fieldCount: Int { names.count }
    func fieldName(at index: Int) -> Range<Int> { names[index] }
    func fieldValue(at index: Int) -> Range<Int> { values[index] }
}
