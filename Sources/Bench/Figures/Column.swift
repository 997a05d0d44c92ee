import Foundation

/// A figure that a table shows of every contender.
struct Column: Sendable {
    /// Above it in the table.
    let heading: String
    /// In the JSON, after the table's own label; nil when it stands in the table alone.
    let name: String?
    /// Decimals in the table.
    let decimals: Int
    /// The figure in the JSON, which has no prefixes of units.
    let figure: @Sendable (Round) -> Double
    /// What the table divides it by.
    let divisor: Double

    init(
        _ heading: String, name: String?, decimals: Int = 0, divisor: Double = 1,
        _ figure: @escaping @Sendable (Round) -> Double
    ) {
        self.heading = heading
        self.name = name
        self.decimals = decimals
        self.divisor = divisor
        self.figure = figure
    }

    /// As the table shows it.
    func text(_ series: Series) -> String {
        String(format: "%.\(decimals)f", series.median(figure) / divisor)
    }

    /// CPU time of a contender by what it does.
    ///
    /// - Parameter unit: `request`, `message` or `mebibyte`.
    static func cpu(per unit: String) -> [Column] {
        [
            Column("CPU µs", name: "cpu_us_per_\(unit)", decimals: 2, \.cpu),
            Column("user", name: "user_us_per_\(unit)", decimals: 2, \.user),
            Column("system", name: "system_us_per_\(unit)", decimals: 2, \.system),
        ]
    }

    /// What is shown of requests or messages.
    static func exchanges(_ unit: String) -> [Column] {
        cpu(per: unit) + [
            Column("\(unit)s/s", name: "\(unit)s_per_second", \.rate),
            Column("p50 µs", name: "p50_us", \.p50),
            Column("p99 µs", name: "p99_us", \.p99),
        ]
    }

    /// The part of an open load that a contender kept up with.
    static let keptUp = Column("sent %", name: "sent_part", divisor: 0.01, \.keptUp)

    /// The part of all requests that the access log tells of: lines may be dropped under load.
    static let logged = Column("logged %", name: "logged_part", divisor: 0.01, \.loggedPart)

    /// What is shown of large bodies.
    static let bodies = [
        Column(
            "MiB/CPU s", name: "octets_per_cpu_second", divisor: Double(1 << 20),
            { $0.cpu > 0 ? Double(1 << 20) * 1_000_000 / $0.cpu : 0 }),
        Column("CPU µs/MiB", name: nil, decimals: 1, \.cpu),
        Column("user", name: nil, decimals: 1, \.user),
        Column("system", name: nil, decimals: 1, \.system),
        Column(
            "MiB/s", name: "octets_per_second", divisor: Double(1 << 20),
            { $0.rate * Double(1 << 20) }),
    ]
}

/// What DESIGN §6 wants of a figure, as a ratio of ours to a peer's.
struct Goal {
    /// Of which figure, by its name in the JSON.
    let figure: String
    /// Beside whom.
    let peers: [String]
    /// Whether the ratio is content with.
    let bound: Bound

    enum Bound {
        case atMost(Double)
        case atLeast(Double)
    }

    /// Whether a ratio reaches it.
    func isReached(by ratio: Double) -> Bool {
        switch bound {
        case .atMost(let most): ratio <= most
        case .atLeast(let least): ratio >= least
        }
    }

    /// As people read it.
    var words: String {
        switch bound {
        case .atMost(let most): String(format: "at most %.2f", most)
        case .atLeast(let least): String(format: "at least %.2f", least)
        }
    }
}
