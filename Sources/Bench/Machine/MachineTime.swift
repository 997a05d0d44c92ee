import Glibc

/// What the cores of the measurement have done so far, in seconds, whoever asked for it.
struct MachineTime {
    /// Spent in processes, all of them.
    private(set) var busy = 0.0
    /// Taken away by the machine below this one.
    private(set) var stolen = 0.0

    /// Reads `/proc/stat`.
    ///
    /// - Throws: ``BenchFault/figures(path:)``.
    init(of cores: Set<Int>) throws(BenchFault) {
        let path = "/proc/stat"
        let ticksPerSecond = max(1, Double(sysconf(Int32(_SC_CLK_TCK))))
        let names = cores.map { "cpu\($0)" }
        for line in try KernelText.read(path).split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard let name = fields.first, names.contains(String(name)) else { continue }
            let ticks = fields.dropFirst().compactMap { Double($0) }
            guard ticks.count >= 8 else { throw .figures(path: path) }
            // user, nice, system; interrupts are the load's own on a machine of two cores.
            busy += (ticks[0] + ticks[1] + ticks[2]) / ticksPerSecond
            stolen += ticks[7] / ticksPerSecond
        }
    }
}
