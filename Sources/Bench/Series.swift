/// All turns of one contender; each figure is the median over them.
struct Series {
    /// The contender.
    let name: String
    /// Its turns, at least one.
    private(set) var rounds: [Round] = []

    init(name: String) { self.name = name }

    /// Adds a turn.
    mutating func add(_ round: Round) { rounds.append(round) }

    /// The median of a figure over the rounds.
    func median(_ figure: (Round) -> Double) -> Double {
        let sorted = rounds.map(figure).sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// How far apart the rounds' CPU times lie, as a part of their median.
    var spread: Double {
        let times = rounds.map(\.cpu).sorted()
        guard let least = times.first, let most = times.last, median(\.cpu) > 0 else { return 0 }
        return (most - least) / median(\.cpu)
    }
}

/// Two contenders that took their turns under one load.
struct Comparison {
    /// What is compared.
    let title: String
    /// What a figure's name begins with in the JSON.
    let label: String
    /// The one in question.
    var ours: Series
    /// The one that it is measured by.
    var peer: Series
    /// The greatest ratio of their CPU times that DESIGN §6 is content with.
    let goal: Double

    /// Rounds further apart than this say more about the machine than about a contender.
    static let spreadMax = 0.10
    /// Nor may others have had more of the cores than this.
    static let otherShareMax = 0.05

    /// How our CPU time per request stands to theirs.
    var ratio: Double { Self.ratio(ours, peer, \.cpu) }

    /// Why the figures are not to be trusted; empty when they are.
    var noise: [String] {
        [ours, peer].flatMap { series -> [String] in
            let others = series.median(\.otherShare)
            var reasons: [String] = []
            if series.spread > Self.spreadMax {
                reasons.append("\(series.name)'s rounds lie \(Percent(series.spread)) apart")
            }
            if others > Self.otherShareMax {
                reasons.append("others had \(Percent(others)) of the cores beside \(series.name)")
            }
            return reasons
        }
    }

    /// A figure of ours over theirs.
    static func ratio(_ ours: Series, _ peer: Series, _ figure: (Round) -> Double) -> Double {
        let value = peer.median(figure)
        return value > 0 ? ours.median(figure) / value : 0
    }
}

/// A part of one, as people read it.
struct Percent: CustomStringConvertible {
    private let part: Double

    init(_ part: Double) { self.part = part }

    var description: String { "\(Int((part * 100).rounded())) %" }
}
