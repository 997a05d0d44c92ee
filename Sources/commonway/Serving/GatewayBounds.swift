import ArgumentParser
import HTTP1
import Proxy

/// How much a gateway takes.
struct GatewayBounds: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The largest request body; more is answered 413. Without it there is no limit.",
            valueName: "octets"))
    var maxBody: Int?

    @Option(
        help: ArgumentHelp(
            "The largest request head, 128…65536 octets; more is answered 431.",
            valueName: "octets"))
    var maxHead: Int = 32_768

    @Option(
        help: ArgumentHelp(
            "The longest request line, 64…65536 octets; more is answered 414.",
            valueName: "octets"))
    var maxRequestLine: Int = 8_192

    @Option(
        help: ArgumentHelp(
            "The most fields of a request head, 1…100; more are answered 431.",
            valueName: "count"))
    var maxFields: Int = 100

    @Option(
        help: ArgumentHelp(
            "Client connections in all; more wait in the kernel's queue.", valueName: "count"))
    var maxConnections: Int = 65_536

    @Option(
        help: ArgumentHelp(
            "Client connections of one address (IPv6: of a /64); more are answered 503. Without it "
                + "there is no limit.", valueName: "count"))
    var maxConnectionsPerAddress: Int?

    /// Sets them.
    ///
    /// - Throws: ``Complaint`` naming the flag and its range.
    func apply(to limits: inout GatewayLimits) throws(Complaint) {
        try Self.check(maxBody ?? 0, 0...Int.max, "--max-body")
        try Self.check(maxHead, 128...HeadLimits.headOctetsCeiling, "--max-head")
        try Self.check(maxRequestLine, 64...HeadLimits.headOctetsCeiling, "--max-request-line")
        try Self.check(maxFields, 1...HeadLimits.fieldsMax, "--max-fields")
        try Self.check(maxConnections, 1...10_000_000, "--max-connections")
        try Self.check(
            maxConnectionsPerAddress ?? 1, 1...10_000_000, "--max-connections-per-address")
        limits.bodyOctetsMax = maxBody
        limits.requestHead = HeadLimits(
            requestLineOctetsMax: maxRequestLine, headOctetsMax: maxHead, fieldLinesMax: maxFields)
        limits.connectionsMax = maxConnections
        limits.connectionsPerAddressMax = maxConnectionsPerAddress
    }

    private static func check(
        _ value: Int, _ range: ClosedRange<Int>, _ flag: String
    ) throws(Complaint) {
        guard range.contains(value) else {
            throw .usage("\(value) is not within \(range.lowerBound)…\(range.upperBound)", at: flag)
        }
    }

    /// The same options once more, for a child.
    var arguments: [String] {
        var arguments = [
            "--max-head", "\(maxHead)", "--max-request-line", "\(maxRequestLine)",
            "--max-fields", "\(maxFields)", "--max-connections", "\(maxConnections)",
        ]
        if let maxBody { arguments += ["--max-body", "\(maxBody)"] }
        if let most = maxConnectionsPerAddress {
            arguments += ["--max-connections-per-address", "\(most)"]
        }
        return arguments
    }
}
