import Foundation

/// Documents, a request, and the rule that reference/routing.md says serves it.
///
/// The cases are data and name nothing of the product, so that the same ones are asked of the
/// compiled table, of the naive matcher and of a live gateway.
package struct GoldenCase: Sendable, CustomStringConvertible {
    /// The sentence of the page that it shows.
    package let rule: String
    /// The documents as YAML, without the backend `b`, which comes before them.
    package let documents: String
    /// `GET a.example.org/path?query | Name: value | Name: value`; a host of `-` is none.
    package let request: String
    /// `route/rule`, or `404`.
    package let expected: String

    /// The sentence and the request.
    package var description: String { "\(rule): \(request)" }

    /// Cases over the same documents.
    ///
    /// - Parameter text: YAML documents, a line of dashes and an equals sign (`-=-`), then lines of
    ///   `request => expected`.
    package static func cases(_ rule: String, _ text: String) -> [GoldenCase] {
        let parts = text.components(separatedBy: "\n-=-\n")
        return parts[1].split(separator: "\n").map { line in
            let sides = line.components(separatedBy: " => ")
            return GoldenCase(
                rule: rule, documents: parts[0], request: sides[0], expected: sides[1])
        }
    }

    /// All of them.
    package static let all = hosts + paths + fields + ties
}
