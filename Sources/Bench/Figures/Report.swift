import Foundation

/// Something that was found: in words, and in figures.
struct Finding {
    /// As people read it, a table or a sentence.
    let text: String
    /// As programs do.
    let figures: [Figure]

    init(_ text: String, _ figures: [Figure] = []) {
        self.text = text
        self.figures = figures
    }
}

/// How findings look.
enum Report {
    private static let nameColumns = 36
    private static let cellColumns = 11

    /// A line of a table.
    static func line(_ name: String, _ cells: [String]) -> String {
        name + String(repeating: " ", count: max(0, nameColumns - name.count))
            + cells.map {
                String(repeating: " ", count: max(1, cellColumns - $0.count)) + $0
            }.joined()
    }

    /// A ratio beside what is wanted of it.
    static func judgement(
        _ what: String, ratio: Double, goal: String, isReached: Bool
    ) -> String {
        String(format: "\(what) = %.2f", ratio)
            + " (goal: \(goal); \(isReached ? "reached" : "missed"))"
    }
}
