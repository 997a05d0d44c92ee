/// What of a process lies in the machine's memory.
enum ResidentMemory {
    private static let octetsPerKibibyte = 1024

    /// Its octets, as proc(5) says in `VmRSS`.
    ///
    /// - Throws: ``BenchFault/figures(path:)`` when it is gone.
    static func of(_ id: Int32) throws(BenchFault) -> Int {
        let path = "/proc/\(id)/status"
        let line = try KernelText.read(path).split(separator: "\n").first {
            $0.hasPrefix("VmRSS:")
        }
        let words = line?.split { $0 == " " || $0 == "\t" } ?? []
        guard words.count >= 2, let kibibytes = Int(words[1]) else { throw .figures(path: path) }
        return kibibytes * octetsPerKibibyte
    }
}
