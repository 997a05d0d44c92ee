/// What a crowd has seen since it was last told to go.
struct CrowdReport: Sendable {
    /// Its number.
    var crowd: Int
    /// Connections that are open.
    var open = 0
    /// Answers that came whole.
    var answered = 0
    /// Requests that were refused or broken off.
    var failed = 0
    /// Requests that wait for their answer.
    var waiting = 0
    /// Requests that should have been sent by now, and were not for want of a free connection.
    var overdue = 0
    /// Octets that came.
    var octets = 0
    /// For how long it has gone.
    var seconds = 0.0
    /// From the instant at which a request should have been sent to its last octet.
    var latencies = Latencies()
    /// How the first failure went.
    var firstFailure = ""

    /// The part of all that should have been sent which was answered or is on its way.
    var keptUp: Double {
        let sent = answered + failed + waiting
        return sent + overdue > 0 ? Double(sent) / Double(sent + overdue) : 1
    }

    /// Counts a failure, and keeps what was said of the first one.
    mutating func fail(_ how: String) {
        failed += 1
        if firstFailure.isEmpty { firstFailure = how }
    }
}
