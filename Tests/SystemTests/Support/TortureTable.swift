/// What was hit how often, and what came of it.
struct TortureTable {
    private let title: String
    /// How often a run without a fault takes each step.
    let clean: [FailPoint.Step: Int]
    private var hits: [FailPoint.Step: [FailPoint.Mode: Int]] = [:]
    private var modes: [FailPoint.Mode] = []
    private var trials = 0
    private var missed = 0
    private var acknowledged = 0
    private var lost = 0
    private var inconsistent = 0
    private var troubles: [String] = []

    /// - Parameters:
    ///   - calls: Those of a run without a fault.
    ///   - isWhole: Whether steps count on which nothing acknowledged rests.
    init(_ title: String, _ calls: [FailPoint.Call], isWhole: Bool) {
        self.title = title
        clean = Dictionary(grouping: calls, by: \.step).mapValues(\.count)
            .filter { isWhole || $0.key.isOfTheLog }
    }

    /// The steps that a run without a fault takes.
    var steps: [FailPoint.Step] { clean.keys.sorted() }

    /// Notes a trial.
    mutating func note(_ result: TortureTrial.Result) {
        let mode = result.point.mode
        if !modes.contains(mode) { modes.append(mode) }
        trials += 1
        acknowledged += result.acknowledged
        lost += result.lost
        inconsistent += result.inconsistent
        let place = "\(result.point.step) \(result.point.number)"
        if let trouble = result.trouble { troubles.append("\(mode) at \(place): \(trouble)") }
        if result.lost > 0 { troubles.append("\(mode) at \(place): \(result.lost) lost") }
        if result.inconsistent > 0 { troubles.append("\(mode) at \(place): contradicted") }
        guard let hit = result.hit else {
            missed += 1
            return
        }
        hits[hit, default: [:]][mode, default: 0] += 1
    }

    /// All that should not have been, with the steps that some mode never met.
    var faults: [String] {
        var faults = troubles
        for mode in modes {
            for step in steps where hits[step]?[mode, default: 0] ?? 0 == 0 {
                faults.append("\(mode) never met \(step)")
            }
        }
        return faults
    }

    /// The table, with a line for each step and a column for each mode.
    var text: String {
        var lines = ["", "torture, \(title): \(trials) trials"]
        lines.append(
            Self.row("step", ["calls"] + modes.map(\.rawValue)))
        for step in Set(steps).union(hits.keys).sorted() {
            let counts = modes.map { "\(hits[step]?[$0, default: 0] ?? 0)" }
            lines.append(Self.row("\(step)", ["\(clean[step, default: 0])"] + counts))
        }
        lines.append(
            "\(acknowledged) statements acknowledged, \(lost) lost, "
                + "\(inconsistent) inconsistent checkpoints, \(missed) trials met no call")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        let padded = cells.map { String(repeating: " ", count: max(1, 8 - $0.count)) + $0 }
        return name + String(repeating: " ", count: max(1, 34 - name.count)) + padded.joined()
    }
}
