/// What the command line asks for.
struct BenchOptions {
    /// The gateway's program.
    var program = ".build/release/commonway"
    /// Where the contenders' configurations are.
    var templates = "bench"
    /// Where the figures go, as JSON.
    var figures = ".build/bench.json"
    /// Turns that each contender takes.
    var rounds = 5
    /// The length of one turn.
    var roundSeconds = 4
    /// Whether tables of different sizes are compared too.
    var comparesTables = true

    static let usage = """
        usage: Bench [--quick] [--program PATH] [--templates DIR] [--figures PATH]
                     [--rounds N] [--seconds N]
        Measures the gateway beside nginx, the contenders in turn, and prints a table.
          --quick      2 rounds of 3 seconds, and no comparison of 10 with 10,000 routes
          --program    the gateway's program (.build/release/commonway)
          --templates  the contenders' configurations (bench)
          --figures    where the figures go, as JSON (.build/bench.json)
          --rounds     turns that each contender takes, 1…100 (5)
          --seconds    the length of a turn, 1…60 (4)
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
            case "--quick":
                options.rounds = 2
                options.roundSeconds = 3
                options.comparesTables = false
            case "--program": options.program = try value(of: flag, from: &rest)
            case "--templates": options.templates = try value(of: flag, from: &rest)
            case "--figures": options.figures = try value(of: flag, from: &rest)
            case "--rounds": options.rounds = try number(of: flag, in: 1...100, from: &rest)
            case "--seconds": options.roundSeconds = try number(of: flag, in: 1...60, from: &rest)
            default: throw .usage("\(flag) is no flag of Bench; --help lists them")
            }
        }
        return options
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
