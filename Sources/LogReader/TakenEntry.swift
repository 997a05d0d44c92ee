package import Governance

/// An entry of a log as a reader took it, and what the rules said of it.
package struct TakenEntry: Sendable {
    /// Its place in the log, from 0.
    package let index: Int
    /// The leaf's octets.
    package var octets: [UInt8] { checked.octets }
    /// What was read and checked of it.
    package let checked: CheckedEntry
    /// Whether it has its effect.
    package let verdict: Verdict
}
