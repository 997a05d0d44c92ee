import Dispatch

/// The one thread on which the council decides and commits.
///
/// Committing blocks on the disk; on a thread of its own it holds up nobody who answers requests.
final class CouncilExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "org.commonway.council")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // SAFETY: the closure keeps this executor alive while the job runs on it, and runs it once.
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
