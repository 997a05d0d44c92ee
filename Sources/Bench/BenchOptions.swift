/// What the command line asks for.
struct BenchOptions {
    /// The gateway's program.
    var program = ".build/release/commonway"
    /// Where the contenders' configurations are.
    var templates = "bench"
    /// Where the figures go, as JSON.
    var figures = ".build/bench.json"
    /// Flags that every gateway gets beside its own.
    var gatewayFlags: [String] = []
    /// What is measured.
    var sections = Section.allCases
    /// Turns that each contender takes.
    var rounds = 5
    /// The length of one turn.
    var roundSeconds = 2.0
    /// Tables that are served one after the other.
    var swaps = 1000
    /// How large the logs are that it makes.
    var sizes = LogSizes()

    static let usage = """
        usage: Bench [--quick] [--only SECTION[,SECTION…]] [--program PATH] [--templates DIR]
                     [--figures PATH] [--gateway-flag FLAG]… [--rounds N] [--seconds N] [--swaps N]
        Measures the gateway beside others, the contenders in turn, and prints tables.
          --quick         2 rounds of 0.75 seconds, 100 swaps, and smaller logs
          --only          of \(Section.allCases.map(\.rawValue).joined(separator: ", "))
          --program       the gateway's program (.build/release/commonway)
          --templates     the contenders' configurations (bench)
          --figures       where the figures go, as JSON (.build/bench.json)
          --gateway-flag  a flag, or a flag's value, for every gateway that is started
          --rounds        turns that each contender takes, 1…100 (5)
          --seconds       the length of a turn, 1…60 (2)
          --swaps         tables that are served one after the other, 1…10000 (1000)
        """

    /// Reads the command line.
    ///
    /// - Returns: `nil` when help was asked for.
    /// - Throws: ``BenchFault/usage(_:)``.
    static func read(_ arguments: [String]) throws(BenchFault) -> BenchOptions? {
        var options = BenchOptions()
        var rest = arguments[...]
        while let flag = rest.popFirst() {
            switch flag {
            case "--help", "-h": return nil
            case "--quick": options.beQuick()
            case "--only": options.sections = try sections(of: flag, from: &rest)
            case "--program": options.program = try value(of: flag, from: &rest)
            case "--templates": options.templates = try value(of: flag, from: &rest)
            case "--figures": options.figures = try value(of: flag, from: &rest)
            case "--gateway-flag": options.gatewayFlags.append(try value(of: flag, from: &rest))
            case "--rounds": options.rounds = try number(of: flag, in: 1...100, from: &rest)
            case "--seconds":
                options.roundSeconds = Double(try number(of: flag, in: 1...60, from: &rest))
            case "--swaps": options.swaps = try number(of: flag, in: 1...10_000, from: &rest)
            default: throw .usage("\(flag) is no flag of Bench; --help lists them")
            }
        }
        return options
    }

    private mutating func beQuick() {
        rounds = 2
        roundSeconds = 0.75
        swaps = 100
        sizes = .quick
    }

    private static func sections(
        of flag: String, from rest: inout ArraySlice<String>
    ) throws(BenchFault) -> [Section] {
        var sections: [Section] = []
        for name in try value(of: flag, from: &rest).split(separator: ",") {
            guard let section = Section(rawValue: String(name)) else {
                throw .usage("\(name) is no section; --help lists them")
            }
            sections.append(section)
        }
        return sections
    }

    private static func value(
        of flag: String, from rest: inout ArraySlice<String>
    ) throws(BenchFault) -> String {
        guard let value = rest.popFirst(), !value.isEmpty else {
            throw .usage("\(flag) needs a value; --help lists the flags")
        }
        return value
    }

    private static func number(
        of flag: String, in range: ClosedRange<Int>, from rest: inout ArraySlice<String>
    ) throws(BenchFault) -> Int {
        let text = try value(of: flag, from: &rest)
        guard let number = Int(text), range.contains(number) else {
            throw .usage(
                "\(flag) is \(range.lowerBound)…\(range.upperBound), not \(text)")
        }
        return number
    }
}
