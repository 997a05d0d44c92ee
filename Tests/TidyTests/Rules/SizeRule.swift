/// Files, functions and lines that a reader can take in.
struct SizeRule: Rule {
    let name = "size"

    /// Lines of a file; 150 is what we aim at, and at 400 it is time to think again.
    static let fileLinesMax = 600
    /// Lines of a function, its head and closing brace included.
    static let functionLinesMax = 70
    /// Characters of a line, as swift format is told too.
    static let lineColumnsMax = 100

    func violations(in file: SourceFile) -> [Violation] {
        var found: [Violation] = []
        if file.lines.count > Self.fileLinesMax {
            found.append(
                violation(
                    file, file.lines.count,
                    "the file has \(file.lines.count) of at most \(Self.fileLinesMax) lines",
                    "move a concern to Type+Capability.swift"))
        }
        for function in file.functions where function.lineCount > Self.functionLinesMax {
            found.append(
                violation(
                    file, function.firstLine,
                    "`\(function.name)` has \(function.lineCount) of at most "
                        + "\(Self.functionLinesMax) lines",
                    "name its steps as functions"))
        }
        for (index, line) in file.lines.enumerated() where line.count > Self.lineColumnsMax {
            found.append(
                violation(
                    file, index + 1,
                    "the line has \(line.count) of at most \(Self.lineColumnsMax) columns",
                    "break it"))
        }
        return found
    }
}
