import CanonicalJSON
import Routing

/// What requests do before and after a change.
struct RequestComparison {
    /// One request.
    struct Row {
        /// The request as given.
        let line: RequestFile.Line
        /// What becomes of it before.
        let before: OutcomeReport
        /// What becomes of it after.
        let after: OutcomeReport
    }

    /// The requests in the order given.
    let rows: [Row]

    /// Follows requests through both.
    init(_ lines: [RequestFile.Line], before: DocumentSet, after: DocumentSet) {
        let (old, new) = (Rehearsal(before), Rehearsal(after))
        rows = lines.map { line in
            Row(
                line: line,
                before: OutcomeReport(line.reading, answer: line.request.answer, by: old),
                after: OutcomeReport(line.reading, answer: line.request.answer, by: new))
        }
    }

    /// An array of `{request, before, after}`.
    var value: NullableJSON {
        .array(
            rows.map { row in
                .object([
                    .init("request", .value(row.line.value)), .init("before", row.before.value),
                    .init("after", row.after.value),
                ])
            })
    }

    /// The rows for people.
    func lines(style: Style) -> [String] {
        rows.flatMap { row -> [String] in
            let head = "\(row.line.request.method) \(row.line.request.url)"
            let (before, after) = (ReportText(report: row.before), ReportText(report: row.after))
            guard row.before.value != row.after.value else {
                return ["  = \(Output.plain(head))", "      \(before.summary)"]
            }
            let isAlike = before.summary == after.summary
            return [
                style.yellow("  ~ \(Output.plain(head))"), "      before  \(before.summary)",
                "      after   \(after.summary)" + (isAlike ? ", with other headers" : ""),
            ]
        }
    }
}
