import Foundation

/// A file of the repository with places to fill in, `{{name}}`.
struct Template {
    private let path: String
    private let text: String

    /// Reads one.
    ///
    /// - Throws: ``BenchFault/file(path:reason:)``.
    init(_ name: String, in folder: String) throws(BenchFault) {
        path = "\(folder)/\(name)"
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw .file(
                path: path, reason: "cannot be read; run Bench from the repository's folder")
        }
    }

    /// Writes it with every place filled in.
    ///
    /// - Throws: ``BenchFault/file(path:reason:)``, also when a place is left.
    func write(to file: URL, _ values: [String: String]) throws(BenchFault) {
        var filled = text
        for (name, value) in values {
            filled = filled.replacingOccurrences(of: "{{\(name)}}", with: value)
        }
        guard !filled.contains("{{") else {
            throw .file(path: path, reason: "has a place that Bench does not know")
        }
        do {
            try Data(filled.utf8).write(to: file)
        } catch {
            throw .file(path: file.path, reason: "cannot be written: \(error)")
        }
    }
}
