package import CanonicalJSON

extension TrafficSummary {
    /// What is read of a summary at most: one that is full takes less.
    package static let limits = JSONLimits(octetsMax: 16 << 20, depthMax: 8)

    /// The most tables that are named: as many as there may be kinds of requests.
    private static let tablesMax = hoursMax * TrafficHour.kindsMax

    /// The most kinds of one hour: those with a rule, and the others by method and status.
    private static let kindsMax =
        TrafficHour.kindsMax + (TrafficKind.methods.count + 1) * TrafficKind.Status.allCases.count

    /// The summary as it is served and kept.
    ///
    /// `{"hosts":[…],"hours":[{"counts":[[table,rule,host,method,status,count],…],"hour":…}],`
    /// `"methods":[…],"rules":[…],"tables":[…],"verified":false}`, where table, rule, host and
    /// method are places in the lists of names, each of which is in order and names only what is
    /// counted.
    package var value: JSONValue {
        let kinds = hours.values.flatMap(\.counts.keys)
        let tables = Names(kinds.map(\.table))
        let rules = Names(kinds.map(\.rule))
        let hosts = Names(kinds.map(\.host))
        let methods = Names(kinds.map(\.method))
        let lines = hours.sorted { $0.key < $1.key }.map { hour, counts -> JSONValue in
            let counts = counts.counts.sorted { $0.key < $1.key }.map { kind, count -> JSONValue in
                [
                    tables.place(of: kind.table), rules.place(of: kind.rule),
                    hosts.place(of: kind.host), methods.place(of: kind.method),
                    .integer(Int64(kind.status.rawValue)), .integer(count),
                ]
            }
            return ["hour": .integer(hour), "counts": .array(counts)]
        }
        return [
            "verified": false, "tables": tables.value, "rules": rules.value, "hosts": hosts.value,
            "methods": methods.value, "hours": .array(lines),
        ]
    }

    /// ``value`` in its canonical octets.
    package var octets: [UInt8] { value.canonicalOctets }

    /// Reads a summary from its octets.
    ///
    /// - Throws: ``TrafficFault``.
    package init(parsing octets: some Collection<UInt8>) throws(TrafficFault) {
        let value: JSONValue
        do throws(JSONFault) {
            value = try JSONValue(parsing: octets, form: .relaxed, limits: Self.limits)
        } catch {
            throw .text(error)
        }
        do throws(FormatFault) {
            try self.init(value)
        } catch {
            throw .format(error)
        }
    }

    /// Reads a summary.
    ///
    /// - Throws: ``FormatFault`` naming the place of what no summary has.
    package init(_ value: JSONValue) throws(FormatFault) {
        self.init()
        var reader = try ObjectReader(value)
        if try reader.bool("verified") { throw reader.fault("verified", "nobody verifies it") }
        let names = KindReader(
            tables: try Self.names(
                "tables", of: &reader, atMost: Self.tablesMax, expected: "16 hexadecimal digits"
            ) { text in
                text.isEmpty
                    || text.utf8.count == TrafficKind.tableDigits
                        && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
            },
            rules: try Self.names(
                "rules", of: &reader, atMost: Self.rulesMax + 2, expected: "route/rule",
                where: Self.isRule),
            hosts: try Self.names(
                "hosts", of: &reader, atMost: Self.hostsMax + 1, expected: "a host"
            ) { text in
                text.utf8.count <= TrafficKind.hostOctetsMax
                    && text.utf8.allSatisfy(TrafficKind.isHostOctet)
            },
            methods: try Self.names(
                "methods", of: &reader, atMost: TrafficKind.methods.count + 1,
                expected: "a method of RFC 9110 or 5789"
            ) { $0.isEmpty || TrafficKind.methods.contains($0) })
        for (place, value) in try reader.array("hours", count: 0...Self.hoursMax).enumerated() {
            try readHour(value, at: "/hours/\(place)", names)
        }
        try reader.finish()
    }

    private mutating func readHour(
        _ value: JSONValue, at pointer: String, _ names: KindReader
    ) throws(FormatFault) {
        var reader = try ObjectReader(value, at: pointer)
        let hour = try reader.integer("hour", in: 0...Self.countMax)
        if hours[hour] != nil { throw reader.fault("hour", "stands there twice") }
        let counts = try reader.array("counts", count: 1...Self.kindsMax)
        for (place, value) in counts.enumerated() {
            guard let (kind, count) = names.read(value) else {
                throw FormatFault(
                    pointer: "\(pointer)/counts/\(place)",
                    reason: "expected places of a table, a rule, a host and a method, a status "
                        + "of 0…5 and a count")
            }
            add(count, of: kind, in: hour)
        }
        try reader.finish()
    }

    private static func isRule(_ text: String) -> Bool {
        text.isEmpty || text == TrafficKind.otherRule
            || text.utf8.count <= TrafficKind.ruleOctetsMax
                && text.utf8.contains(UInt8(ascii: "/"))
                && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    private static func names(
        _ name: String, of reader: inout ObjectReader, atMost most: Int, expected: String,
        where isGood: (String) -> Bool
    ) throws(FormatFault) -> [String] {
        var names: [String] = []
        for (place, value) in try reader.array(name, count: 0...most).enumerated() {
            guard case .string(let text) = value, isGood(text) else {
                throw reader.fault(name, "expected \(expected) at \(place)")
            }
            names.append(text)
        }
        return names
    }
}

/// Names in order, and the place of each.
private struct Names {
    private let names: [String]
    private let places: [String: Int]

    init(_ all: [String]) {
        names = Set(all).sorted()
        places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }

    var value: JSONValue { .array(names.map { .string($0) }) }

    func place(of name: String) -> JSONValue { .integer(Int64(places[name] ?? 0)) }
}

/// The names that places of a line lead to.
private struct KindReader {
    let tables: [String]
    let rules: [String]
    let hosts: [String]
    let methods: [String]

    /// Reads `[table,rule,host,method,status,count]`; `nil` for anything else.
    func read(_ value: JSONValue) -> (TrafficKind, Int64)? {
        guard case .array(let parts) = value, parts.count == 6,
            let table = name(parts[0], of: tables), let rule = name(parts[1], of: rules),
            let host = name(parts[2], of: hosts), let method = name(parts[3], of: methods),
            let number = parts[4].integer, let status = TrafficKind.Status(rawValue: Int(number)),
            let count = parts[5].integer, count > 0
        else { return nil }
        let kind = TrafficKind(table: table, rule: rule, host: host, method: method, status: status)
        return (kind, count)
    }

    private func name(_ value: JSONValue, of names: [String]) -> String? {
        guard let place = value.integer, place >= 0, place < names.count else { return nil }
        return names[Int(place)]
    }
}
