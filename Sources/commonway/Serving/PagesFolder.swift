import Foundation

/// Finds the folder of web pages beside the program.
enum PagesFolder {
    private static let name = "web-static"
    /// `.build/x86_64-unknown-linux-gnu/release/commonway` stands three folders below the pages.
    private static let heightMax = 5

    /// The folder that was named, or `web-static` in a folder above the program.
    ///
    /// - Returns: `nil` when there is none: the API works without pages.
    static func find(named path: String?) throws(Complaint) -> String? {
        if let path {
            guard exists(path) else {
                throw .usage("no pages there (index.html is missing)", at: path)
            }
            return path
        }
        var folder = Executable.url.deletingLastPathComponent()
        for _ in 0..<heightMax {
            let candidate = folder.appendingPathComponent(name).path
            if exists(candidate) { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        return nil
    }

    private static func exists(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/index.html")
    }
}

/// This program's own file.
enum Executable {
    /// Where it is, links resolved.
    static var url: URL { URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath() }
}
