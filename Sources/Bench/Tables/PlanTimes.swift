import CanonicalJSON
import Foundation
import Routing

/// How long plans of one bundle took, in milliseconds on a core.
struct PlanTimes {
    /// The plan alone, as the council makes it before it logs a proposal; a time for each turn.
    private(set) var plan: [Double] = []
    /// With the report and as JSON, as the API answers it.
    private(set) var shown: [Double] = []
    /// What came of it.
    private(set) var outcome = ""

    /// Plans a bundle so many times.
    ///
    /// - Throws: ``BenchFault/log(_:)`` when the documents are none.
    init(of documents: [JSONValue], on base: DocumentSet, turns: Int) throws(BenchFault) {
        let bundle: OperationBundle
        do {
            bundle = try OperationBundle(applying: documents)
        } catch {
            throw .log("\(error)")
        }
        for _ in 0..<turns { take(bundle, on: base) }
    }

    private mutating func take(_ bundle: OperationBundle, on base: DocumentSet) {
        let watch = Stopwatch()
        do throws(PlanFault) {
            let made = try Plan(bundle, on: base)
            plan.append(watch.milliseconds)
            let answer = made.answer(for: bundle, on: base)
            let octets = answer.canonicalOctets.count
            shown.append(watch.milliseconds)
            outcome =
                "\(made.moves.count) moves, "
                + (answer["shadow"]?["refusal"]?.string ?? "\(octets >> 10) KiB")
        } catch {
            plan.append(watch.milliseconds)
            shown.append(watch.milliseconds)
            outcome = "refused: \(error)"
        }
    }

    /// The medians and the longest times, as a table shows them.
    var cells: [String] {
        [Statistics.median(plan), plan.max() ?? 0, Statistics.median(shown), shown.max() ?? 0]
            .map { String(format: "%.2f", $0) }
    }

    /// The medians beside what is wanted.
    func figures(_ name: String, goalMs: Double) -> [Figure] {
        [("", plan), ("_shown", shown)].map { suffix, times in
            Figure(
                "plan.\(name)\(suffix)_ms", ours: Statistics.median(times), peer: "goal",
                value: goalMs)
        }
    }
}
