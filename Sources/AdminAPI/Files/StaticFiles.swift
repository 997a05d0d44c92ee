import Foundation

/// The pages: a folder's files, read into memory at the start.
///
/// What is not in memory is not served, so no path of a request ever reaches the file system.
struct StaticFiles: Sendable {
    private let files: [String: StaticFile]

    /// The most files; the pages have some thirty.
    static let countMax = 256
    /// The largest file, octets.
    static let fileOctetsMax = 1 << 20
    /// The OpenAPI document's name in the folder; it is served by the API, not among the pages.
    static let openAPIName = "openapi.json"

    private static let contentTypes = [
        "html": "text/html; charset=utf-8",
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "json": "application/json",
        "svg": "image/svg+xml",
        "png": "image/png",
        "txt": "text/plain; charset=utf-8",
    ]

    /// No pages.
    init() { files = [:] }

    /// Reads a folder and those below it; names that begin with a dot are left out.
    ///
    /// - Throws: ``AdminStartError/pages(folder:reason:)``.
    init(folder: String) throws(AdminStartError) {
        var files: [String: StaticFile] = [:]
        guard let paths = FileManager.default.enumerator(atPath: folder) else {
            throw .pages(folder: folder, reason: "cannot be read")
        }
        while let path = paths.nextObject() as? String {
            let parts = path.split(separator: "/")
            guard !parts.contains(where: { $0.hasPrefix(".") }) else { continue }
            guard paths.fileAttributes?[.type] as? FileAttributeType != .typeDirectory else {
                continue
            }
            guard files.count < Self.countMax else {
                throw .pages(folder: folder, reason: "holds more than \(Self.countMax) files")
            }
            files["/" + path] = try Self.read(path, in: folder)
        }
        guard files["/index.html"] != nil else {
            throw .pages(folder: folder, reason: "holds no index.html")
        }
        self.files = files
    }

    /// The page at a request's path; `/` is `index.html`.
    func file(at path: String) -> StaticFile? {
        path == "/" ? files["/index.html"] : path == "/" + Self.openAPIName ? nil : files[path]
    }

    /// The OpenAPI document, when the folder has it.
    var openAPI: StaticFile? { files["/" + Self.openAPIName] }

    private static func read(
        _ path: String, in folder: String
    ) throws(AdminStartError) -> StaticFile {
        let type = path.split(separator: ".").last.flatMap { contentTypes[String($0)] }
        guard let type else {
            throw .pages(folder: folder, reason: "\(path) has a suffix without a media type here")
        }
        let octets: [UInt8]
        do throws(BoundedReadError) {
            octets = try BoundedRead.file("\(folder)/\(path)", octetsMax: fileOctetsMax)
        } catch {
            throw .pages(folder: folder, reason: "\(path): \(error)")
        }
        return StaticFile(octets: octets, contentType: type)
    }
}
