import Foundation

/// The sample proposals of the repository, with the ports of a demonstration's backends.
enum DemoSamples {
    private static let folder = "governance/proposals"
    /// The ports that the samples name, in the order of the demonstration's backends.
    private static let ports = ["9001", "9002"]
    private static let heightMax = 5

    /// Writes a sample into the demonstration's folder.
    ///
    /// - Returns: The file.
    /// - Throws: ``Complaint`` when the samples are not beside the program.
    static func write(_ name: String, for stage: DemoStage) throws(Complaint) -> String {
        var text = try LocalFile.readText(
            try find(name), limit: LocalFile.documentOctetsMax)
        for (port, backend) in zip(ports, stage.backends) {
            let actual = backend.address.split(separator: ":").last ?? ""
            text = text.replacing("port: \(port)", with: "port: \(actual)")
        }
        let folder = stage.folder.root.appendingPathComponent("proposals", isDirectory: true)
        try LocalFile.makePrivateFolder(folder.path)
        let file = folder.appendingPathComponent(name).path
        try LocalFile.writePrivate(Array(text.utf8), to: file)
        return file
    }

    private static func find(_ name: String) throws(Complaint) -> String {
        var place = Executable.url.deletingLastPathComponent()
        for _ in 0..<heightMax {
            let file = place.appendingPathComponent(folder).appendingPathComponent(name).path
            if FileManager.default.fileExists(atPath: file) { return file }
            place = place.deletingLastPathComponent()
        }
        throw .refused(
            "\(folder)/\(name) is not in a folder above \(Executable.url.path)",
            next: "run the program from its checkout: make run")
    }
}
