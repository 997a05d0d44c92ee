import Foundation
import Glibc

/// Which core does what: the contender alone on one, what makes and answers its load on another.
struct Cores {
    /// The core of the contenders.
    let contender: Int
    /// The core of load and backend.
    let load: Int

    /// Whether the contender shares its core with its load, so that its figures are not to be
    /// trusted.
    var areShared: Bool { contender == load }
    /// All of them, each once.
    var all: Set<Int> { [contender, load] }

    /// Divides the cores that this process may use.
    ///
    /// - Throws: ``BenchFault/figures(path:)``.
    init() throws(BenchFault) {
        let path = "/proc/self/status"
        let line = try KernelText.read(path).split(separator: "\n").first {
            $0.hasPrefix("Cpus_allowed_list:")
        }
        let allowed = Self.cores(in: line?.split(separator: ":").last ?? "")
        guard let first = allowed.first, let last = allowed.last else {
            throw .figures(path: path)
        }
        (contender, load) = (last, first)
    }

    /// Binds this process, all threads that it has, to the core of the load.
    ///
    /// - Throws: ``BenchFault``.
    func bindLoad(folder: URL) throws(BenchFault) {
        let taskset = try ChildProgram(
            "taskset", program: try Tool.find("taskset", package: "util-linux"),
            arguments: ["--all-tasks", "--cpu-list", "--pid", "\(load)", "\(getpid())"],
            core: load, folder: folder)
        _ = try taskset.result(within: Self.bindingSecondsMax)
    }

    private static let bindingSecondsMax = 10.0

    /// The numbers of a list such as `0-3,6`; a range is bounded by what a kernel can have.
    private static func cores(in list: Substring) -> [Int] {
        list.split(separator: ",").flatMap { part -> [Int] in
            let ends = part.split(separator: "-").compactMap {
                Int($0.trimmingCharacters(in: .whitespaces))
            }
            guard let first = ends.first, let last = ends.last, first <= last, last < coresMax
            else { return [] }
            return Array(first...last)
        }
    }

    /// Cores that Linux can be built for.
    private static let coresMax = 8192
}

/// Files that the kernel writes as they are read.
enum KernelText {
    /// Reads one.
    ///
    /// - Throws: ``BenchFault/figures(path:)``.
    static func read(_ path: String) throws(BenchFault) -> String {
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw .figures(path: path)
        }
    }
}
