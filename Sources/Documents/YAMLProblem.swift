import Yams

/// Where and why the YAML parser stopped, out of its several kinds of errors.
enum YAMLProblem {
    /// The place and the reason in words.
    static func placeAndReason(of error: any Error) -> (Place, String) {
        guard let error = error as? YamlError else {
            return (Place(line: 1, column: 1), "not readable: \(error)")
        }
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            return (place(mark), join(context, problem))
        case .reader(let problem, let offset, _, let yaml):
            let lines = LineIndex(Array(yaml.utf8))
            let octet = offset.map { yaml.prefix($0).utf8.count } ?? 0
            return (lines.place(of: octet), problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            return (
                place(context.mark), "a second \(duplicates.sorted().joined(separator: ", "))"
            )
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return (Place(line: 1, column: 1), "not readable")
        }
    }

    private static func join(_ context: YamlError.Context?, _ problem: String) -> String {
        context.map { "\($0.text): \(problem)" } ?? problem
    }

    /// The parser counts from 1; its end of text may be one line further.
    private static func place(_ mark: Mark) -> Place {
        Place(line: max(1, mark.line), column: max(1, mark.column))
    }
}
