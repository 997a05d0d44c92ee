import Foundation
import TestKit

/// The repository's sources, read once.
enum House {
    /// The laws that one file alone can break.
    static let rules: [any Rule] = [
        ImportRule(), PurityRule(), ClockRule(), SizeRule(), EscapeHatchRule(), ForceRule(),
        AccessRule(),
        CommentRule(), OneSourceRule(),
    ]

    /// Every source file below Sources and Tests, and the manifest.
    static let files: [SourceFile] = {
        let folders = ["Sources", "Tests"].flatMap { paths(below: $0) }
        return (folders.sorted() + ["Package.swift"]).map { path in
            do {
                return SourceFile(path: path, octets: try Checkout.contents(of: path))
            } catch {
                preconditionFailure("\(path) was listed and cannot be read: \(error)")
            }
        }
    }()

    /// The files of the product, below Sources.
    static var sources: [SourceFile] { files.filter(\.isSource) }

    /// The manifest, read for its targets.
    static var manifest: Manifest {
        guard let file = files.last else { preconditionFailure("there is always the manifest") }
        return Manifest(file)
    }

    private static let languages = [".swift", ".c", ".h"]

    private static func paths(below folder: String) -> [String] {
        let root = Checkout.root.appendingPathComponent(folder)
        let found = FileManager.default.enumerator(atPath: root.path)
        return (found?.compactMap { $0 as? String } ?? [])
            .filter { path in languages.contains { path.hasSuffix($0) } }
            .map { "\(folder)/\($0)" }
    }
}
