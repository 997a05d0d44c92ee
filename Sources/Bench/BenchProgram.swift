import Foundation

/// `make bench`: what a request costs the gateway, beside what it costs others.
///
/// Ends with 0 when everything ran, whatever the figures are; 1 when something did not run, 2 when
/// the command line is wrong. Time never decides.
@main
enum BenchProgram {
    private static let statusFailed: Int32 = 1
    private static let statusUsage: Int32 = 2

    static func main() {
        do {
            guard let options = try BenchOptions.read(Array(CommandLine.arguments.dropFirst()))
            else {
                print(BenchOptions.usage)
                return
            }
            try run(options)
        } catch {
            FileHandle.standardError.write(Data("Bench: \(error)\n".utf8))
            if case .usage = error { exit(statusUsage) }
            exit(statusFailed)
        }
    }

    /// Measures what was asked for; what does not run is said, and the rest goes on.
    private static func run(_ options: BenchOptions) throws(BenchFault) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "commonway-bench-\(ProcessInfo.processInfo.processIdentifier)", isDirectory: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let start = ContinuousClock().now
        let stage = try Stage(options, folder: folder)
        print(try stage.circumstances())
        var figures: [Figure] = []
        var faults: [BenchFault] = []
        for section in options.sections {
            do {
                try section.run(stage) { finding in
                    figures += finding.figures
                    print("\n\(finding.text)")
                }
            } catch {
                print("\n\(section.rawValue): did not run: \(error)")
                faults.append(error)
            }
        }
        try Figure.write(figures, to: options.figures)
        let seconds = Int((ContinuousClock().now - start) / .seconds(1))
        print("\nall figures: \(options.figures); \(seconds) s")
        if let first = faults.first { throw first }
    }
}
