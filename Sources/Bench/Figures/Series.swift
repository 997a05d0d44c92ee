/// All turns of one contender; each figure is the median over them.
struct Series {
    /// The contender.
    let name: String
    /// Its turns, at least one.
    private(set) var rounds: [Round] = []

    /// Rounds further apart than this say more about the machine than about a contender.
    static let spreadMax = 0.10
    /// Nor may others have had more of the cores than this.
    static let otherShareMax = 0.05

    init(name: String) { self.name = name }

    /// The same turns under another name.
    func renamed(_ name: String) -> Series {
        var copy = Series(name: name)
        copy.rounds = rounds
        return copy
    }

    /// Adds a turn.
    mutating func add(_ round: Round) { rounds.append(round) }

    /// The median of a figure over the rounds.
    func median(_ figure: (Round) -> Double) -> Double { Statistics.median(rounds.map(figure)) }

    /// How far apart the rounds' CPU times lie, as a part of their median.
    var spread: Double { Statistics.spread(rounds.map(\.cpu)) }

    /// Why its figures are not to be trusted; empty when they are.
    var noise: [String] {
        let others = median(\.otherShare)
        var reasons: [String] = []
        if spread > Self.spreadMax {
            reasons.append("\(name)'s rounds lie \(Percent(spread)) apart")
        }
        if others > Self.otherShareMax {
            reasons.append("others had \(Percent(others)) of the cores beside \(name)")
        }
        return reasons
    }
}

/// What is said of some numbers.
enum Statistics {
    /// Their median; 0 of none.
    static func median(_ numbers: [Double]) -> Double {
        let sorted = numbers.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// How far apart they lie, as a part of their median; 0 when that is 0.
    static func spread(_ numbers: [Double]) -> Double {
        guard let least = numbers.min(), let most = numbers.max(), median(numbers) > 0
        else { return 0 }
        return (most - least) / median(numbers)
    }
}

/// A part of one, as people read it.
struct Percent: CustomStringConvertible {
    private let part: Double

    init(_ part: Double) { self.part = part }

    var description: String { "\(Int((part * 100).rounded())) %" }
}
