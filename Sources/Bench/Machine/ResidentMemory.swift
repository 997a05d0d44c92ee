import Foundation

/// What of a process lies in the machine's memory.
enum ResidentMemory {
    private static let octetsPerKibibyte = 1024

    /// Its octets, as proc(5) says in `VmRSS`.
    ///
    /// - Throws: ``BenchFault/figures(path:)`` when it is gone.
    static func of(_ id: Int32) throws(BenchFault) -> Int {
        try octets("VmRSS", of: "\(id)")
    }

    /// The most octets that this process has had in memory since ``forgetPeak()``.
    ///
    /// - Throws: ``BenchFault/figures(path:)``.
    static func peak() throws(BenchFault) -> Int { try octets("VmHWM", of: "self") }

    /// Begins to look for the most anew, as proc(5) says of `clear_refs`.
    ///
    /// - Throws: ``BenchFault/file(path:reason:)``.
    static func forgetPeak() throws(BenchFault) {
        let path = "/proc/self/clear_refs"
        do {
            try Data("5".utf8).write(to: URL(fileURLWithPath: path))
        } catch {
            throw .file(path: path, reason: "cannot be written: \(error)")
        }
    }

    private static func octets(_ name: String, of process: String) throws(BenchFault) -> Int {
        let path = "/proc/\(process)/status"
        let line = try KernelText.read(path).split(separator: "\n").first {
            $0.hasPrefix("\(name):")
        }
        let words = line?.split { $0 == " " || $0 == "\t" } ?? []
        guard words.count >= 2, let kibibytes = Int(words[1]) else { throw .figures(path: path) }
        return kibibytes * octetsPerKibibyte
    }
}
