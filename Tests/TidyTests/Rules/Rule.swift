import Foundation
import TestKit
import Testing

/// A law of the house that one file alone can break.
protocol Rule: Sendable {
    /// A few words, shown in brackets with every violation.
    var name: String { get }

    /// Where the file breaks the rule, in the order of its lines.
    func violations(in file: SourceFile) -> [Violation]
}

extension Rule {
    func violation(_ file: SourceFile, _ line: Int, _ what: String, _ advice: String) -> Violation {
        Violation(path: file.path, line: line, rule: name, what: what, advice: advice)
    }
}

/// One place that breaks a rule.
struct Violation: CustomStringConvertible {
    let path: String
    let line: Int
    let rule: String
    let what: String
    /// What to do instead.
    let advice: String

    var description: String { "\(path):\(line): [\(rule)] \(what); \(advice)" }
}

extension [Violation] {
    /// Records each violation as an issue of the running test, at the line that breaks the rule.
    func record() {
        for violation in self {
            let file = Checkout.root.appendingPathComponent(violation.path).path
            // A file's identity has two parts, or Swift Testing traps.
            let isAtTheTop = !violation.path.contains("/")
            Issue.record(
                Comment(rawValue: violation.description),
                sourceLocation: SourceLocation(
                    fileID: isAtTheTop ? "./\(violation.path)" : violation.path, filePath: file,
                    line: violation.line, column: 1))
        }
    }
}
