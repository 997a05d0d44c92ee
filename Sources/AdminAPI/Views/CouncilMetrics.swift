import Council
import LogReader
import TransparencyLog

/// The council's metrics in Prometheus' text format (version 0.0.4).
///
/// For everybody, as all that is in them: it is also in the log's files or in `GET /witnesses`.
/// Names are stable: dashboards and alarms are built on them.
struct CouncilMetrics {
    private(set) var text = ""

    /// What a scraper is to read it as.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Writes them.
    ///
    /// - Parameter now: The council's clock, milliseconds since 1970.
    init(_ facts: WitnessFacts, now: Int64) {
        gauge("log_entries", facts.entries, "Entries of the log.")
        gauge(
            "checkpoint_size", facts.published?.checkpoint.size ?? 0,
            "Entries under the published checkpoint.")
        guard !facts.policy.isEmpty else { return }
        gauge(
            "checkpoint_waiting", facts.waiting == nil ? 0 : 1,
            "1 while a newer checkpoint is signed and not published, for want of cosignatures.")
        gauge(
            "checkpoint_cosigned", facts.published.map { facts.cosignatures(of: $0).count } ?? 0,
            "Witnesses of the community card that cosigned the published checkpoint.")
        gauge(
            "witness_threshold", facts.policy.threshold,
            "Cosignatures that the community card asks for.")
        gauge(
            "witness_policy_met", facts.isEnough ? 1 : 0,
            "1 when the published checkpoint has as many.")
        witnesses(facts, now)
    }

    private mutating func witnesses(_ facts: WitnessFacts, _ now: Int64) {
        let known = facts.policy.keys.compactMap { key in
            facts.last(by: key).map { (label: Self.label("witness", key.name), last: $0) }
        }
        family("witness_size", "Entries under the last checkpoint that a witness cosigned.")
        for (label, last) in known { sample("witness_size", "\(last.size)", label) }
        family("witness_age_seconds", "Since a witness cosigned last, by its own clock.")
        for (label, last) in known {
            let ageSeconds = max(0, now / 1000 - min(now / 1000, Int64(clamping: last.time)))
            sample("witness_age_seconds", "\(ageSeconds)", label)
        }
        family(
            "witness_trouble",
            "1 when the last answer of the witness at an address was no cosignature.")
        for standing in facts.standings {
            sample(
                "witness_trouble", standing.trouble == nil ? "0" : "1",
                Self.label("address", standing.address))
        }
    }

    private mutating func family(_ name: String, _ help: String) {
        text += "# HELP commonway_\(name) \(help)\n# TYPE commonway_\(name) gauge\n"
    }

    private mutating func sample(_ name: String, _ value: String, _ label: String = "") {
        text += "commonway_\(name)\(label) \(value)\n"
    }

    private mutating func gauge(_ name: String, _ value: Int, _ help: String) {
        family(name, help)
        sample(name, "\(value)")
    }

    /// A label with its value, whose quotes would end it.
    private static func label(_ name: String, _ value: String) -> String {
        let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
        return "{\(name)=\"\(escaped)\"}"
    }
}
