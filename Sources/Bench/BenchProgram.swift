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

    private static func run(_ options: BenchOptions) throws(BenchFault) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "commonway-bench-\(ProcessInfo.processInfo.processIdentifier)", isDirectory: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let measurement = try Measurement(options, folder: folder)
        print(try measurement.circumstances())
        var figures: [Figure] = []
        try measurement.run { comparison in
            figures += Figure.all(of: comparison)
            print("\n\(Report.text(of: comparison))")
        }
        try Figure.write(figures, to: options.figures)
        print("\nall figures: \(options.figures)")
    }
}
