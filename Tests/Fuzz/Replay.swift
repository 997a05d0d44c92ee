#if !FUZZING

    import Foundation
    import FuzzTargets
    import HTTP1

    /// Judges files once and without libFuzzer, `Fuzz TARGET FILE…`: for looking at a finding
    /// with a debugger. scripts/fuzz builds the program with libFuzzer's own `main` instead.
    @main
    struct Replay {
        static func main() throws {
            let arguments = CommandLine.arguments.dropFirst()
            guard let target = arguments.first.flatMap(FuzzTarget.init(rawValue:)) else {
                let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
                print("Fuzz TARGET FILE…, the target one of \(names)")
                exit(64)
            }
            for path in arguments.dropFirst() {
                let octets = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
                let faults = try target.judge(octets.span).map { "\($0.name)" }.sorted()
                print("\(path): good \(faults)")
            }
        }
    }

#endif
