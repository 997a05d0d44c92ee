/// Documents with filters, a request, and what reference/routing.md says becomes of it.
///
/// The cases are data and name nothing of the product, so that the same ones are asked of the
/// pure outcome and of a live gateway.
package struct FilterCase: Sendable, CustomStringConvertible {
    /// The sentence of the page that it shows.
    package let rule: String
    /// The documents as YAML, without the backends `b`, `c` and `d`, which whoever runs the case
    /// puts before them.
    package let documents: String
    /// The request.
    package let request: Request
    /// What becomes of it.
    package let expected: Expectation

    /// The backends that the documents may name; `d` is only mirrored to.
    package static let backends = ["b", "c", "d"]

    /// A header line.
    package struct Line: Hashable, Sendable, CustomStringConvertible {
        /// The name.
        package let name: String
        /// The value.
        package let value: String

        /// A line.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        /// `Name: value`.
        package var description: String { "\(name): \(value)" }

        /// Lines joined with ` | `.
        static func read(_ text: Substring) -> [Line] {
            text.split(separator: " | ").map { part in
                let colon = part.firstIndex(of: ":") ?? part.endIndex
                return Line(
                    name: String(part[..<colon]), value: String(part[colon...].dropFirst(2)))
            }
        }
    }

    /// The request as a line: `GET https://h.org:8443/path?query | Name: value << Name: value`.
    package var description: String { "\(rule): \(request)" }

    /// Cases over the same documents.
    ///
    /// - Parameter text: YAML documents, a line `-=-`, then lines of `request => expected`:
    ///   `GET h.org/x | Name: value << Name: value` is a request with what the backend answers;
    ///   `302 | Location: …` an answer of the gateway; `r/#1 -> b h.org/x | Name: value << Name:
    ///   value` what a backend gets and what the client gets of its answer, once more behind the
    ///   next ` -> ` for each backend, and ` ++ d 10/100` copies.
    package static func cases(_ rule: String, _ text: String) -> [FilterCase] {
        let parts = text.split(separator: "\n-=-\n")
        guard parts.count == 2 else { preconditionFailure("documents, -=-, then lines: \(rule)") }
        return parts[1].split(separator: "\n").map { line in
            let sides = line.split(separator: " => ")
            guard sides.count == 2 else { preconditionFailure("request => expected: \(line)") }
            return FilterCase(
                rule: rule, documents: String(parts[0]), request: Request(sides[0]),
                expected: Expectation(sides[1]))
        }
    }

    /// All of them.
    package static let all =
        headers + answers + redirects + redirectPaths + rewrites + shares + cors + preflights
        + mirrors
}
