import Foundation
import Glibc

/// The time that a process spent on cores, in seconds.
struct CPUTime {
    /// In its own code.
    var user = 0.0
    /// In the kernel, for it.
    var system = 0.0

    /// Both.
    var total: Double { user + system }

    static func - (left: CPUTime, right: CPUTime) -> CPUTime {
        CPUTime(user: left.user - right.user, system: left.system - right.system)
    }

    static func + (left: CPUTime, right: CPUTime) -> CPUTime {
        CPUTime(user: left.user + right.user, system: left.system + right.system)
    }

    /// What a process has spent so far, all its threads together.
    ///
    /// The kernel counts in ticks of 10 ms: over a round of seconds an error below 1 %.
    ///
    /// - Throws: ``BenchFault/figures(path:)`` when it is gone.
    static func of(process id: Int32) throws(BenchFault) -> CPUTime {
        let fields = try ProcessFields(id)
        return CPUTime(user: try fields.seconds(14), system: try fields.seconds(15))
    }

    /// What this process has spent, and those children of it that have ended.
    ///
    /// - Throws: ``BenchFault/figures(path:)``.
    static func ofSelfAndEnded() throws(BenchFault) -> CPUTime {
        let fields = try ProcessFields(getpid())
        return CPUTime(
            user: try fields.seconds(14) + fields.seconds(16),
            system: try fields.seconds(15) + fields.seconds(17))
    }
}

/// What `/proc/PID/stat` says; fields are numbered as in proc(5).
struct ProcessFields {
    private let path: String
    private let fields: [Substring]

    /// Reads them.
    ///
    /// - Throws: ``BenchFault/figures(path:)``.
    init(_ id: Int32) throws(BenchFault) {
        path = "/proc/\(id)/stat"
        let text = try KernelText.read(path)
        // The name, field 2, may hold anything; what follows its last parenthesis is numbers.
        guard let end = text.lastIndex(of: ")") else { throw .figures(path: path) }
        fields = text[text.index(after: end)...].split { $0 == " " || $0 == "\n" }
    }

    /// A field that counts ticks, in seconds.
    func seconds(_ number: Int) throws(BenchFault) -> Double {
        Double(try integer(number)) / Self.ticksPerSecond
    }

    private func integer(_ number: Int) throws(BenchFault) -> Int {
        guard fields.indices.contains(number - 3), let value = Int(fields[number - 3]) else {
            throw .figures(path: path)
        }
        return value
    }

    /// The processes that a process started and that still run.
    static func children(of id: Int32) throws(BenchFault) -> [Int32] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: "/proc")
        } catch {
            throw .figures(path: "/proc")
        }
        return names.compactMap { Int32($0) }.filter { candidate in
            // A process may end between the listing and the reading; it is nobody's child then.
            guard let fields = try? ProcessFields(candidate) else { return false }
            return (try? fields.integer(4)) == Int(id)
        }
    }

    private static let ticksPerSecond = max(1, Double(sysconf(Int32(_SC_CLK_TCK))))
}
