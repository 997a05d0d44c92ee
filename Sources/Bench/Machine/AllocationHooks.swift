import Foundation

/// A library that counts allocations by thread, and the file in which it counts, as
/// bench/allocations.c says.
struct AllocationHooks {
    private let library: URL
    private let file: URL

    private static let buildingSecondsMax = 60.0
    private static let octetsPerSlot = 16

    /// Builds the library.
    ///
    /// - Throws: ``BenchFault``.
    init(source: String, core: Int, folder: URL) throws(BenchFault) {
        library = folder.appendingPathComponent("allocations.so")
        file = folder.appendingPathComponent("allocations.count")
        let compiler = try ChildProgram(
            "gcc", program: try Tool.find("gcc", package: "gcc"),
            arguments: [
                "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", library.path, source,
            ],
            core: core, folder: folder)
        _ = try compiler.result(within: Self.buildingSecondsMax)
    }

    /// What loads it into a program.
    var environment: [String: String] {
        ["LD_PRELOAD": library.path, "COMMONWAY_BENCH_ALLOCATIONS": file.path]
    }

    /// How many allocations each thread has made so far, by the thread's number.
    ///
    /// - Throws: ``BenchFault/file(path:reason:)``.
    func counts() throws(BenchFault) -> [Int32: UInt64] {
        let octets: [UInt8]
        do {
            octets = Array(try Data(contentsOf: file))
        } catch {
            throw .file(path: file.path, reason: "cannot be read: \(error)")
        }
        var counts: [Int32: UInt64] = [:]
        for slot in stride(from: 0, to: octets.count, by: Self.octetsPerSlot) {
            guard let thread = Int32(exactly: Self.number(octets, slot)), thread != 0
            else { continue }
            counts[thread, default: 0] += Self.number(octets, slot + 8)
        }
        return counts
    }

    /// What a process calls its threads, by their numbers.
    ///
    /// - Throws: ``BenchFault/figures(path:)`` when it is gone.
    func threadNames(of process: Int32) throws(BenchFault) -> [Int32: String] {
        let folder = "/proc/\(process)/task"
        let threads: [String]
        do {
            threads = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw .figures(path: folder)
        }
        var names: [Int32: String] = [:]
        for thread in threads.compactMap({ Int32($0) }) {
            // A thread may end between the listing and the reading.
            names[thread] = (try? KernelText.read("\(folder)/\(thread)/comm"))?
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return names
    }

    /// Eight octets, the lowest first, as the processors of this project's machines write them.
    private static func number(_ octets: [UInt8], _ start: Int) -> UInt64 {
        guard start + 8 <= octets.count else { return 0 }
        return (0..<8).reduce(0) { $0 | UInt64(octets[start + $1]) << UInt64(8 * $1) }
    }
}
