package import CanonicalJSON
package import Governance
package import TransparencyLog

/// What a reader says of the witnesses of the checkpoint that it accepted.
package struct WitnessReport: Sendable {
    /// What the card asks for.
    package let policy: WitnessPolicy
    /// Who cosigned.
    package let cosignatures: [Cosignature]
    /// The time of the log's last entry, milliseconds since 1970.
    private let t: Int64
    /// When the log next owes an entry, milliseconds since 1970; `Int64.max` for never.
    private let quietUntil: Int64

    /// How far a witness's clock and the log's may be apart, milliseconds: what readers allow, too.
    private static let apartMax = LogFollower.aheadMax

    /// Of a state and the cosignatures of its checkpoint.
    package init(policy: WitnessPolicy, cosignatures: [Cosignature], state: State) {
        self.policy = policy
        self.cosignatures = cosignatures
        t = state.t
        quietUntil = state.quietUntil
    }

    /// Whether as many cosigned as the card asks for.
    package var isEnough: Bool { policy.isMet(by: cosignatures) }

    /// When the witnesses cosigned, milliseconds since 1970, ascending.
    private var times: [Int64] {
        cosignatures.map { Int64(clamping: $0.time).multipliedClamping(by: 1000) }.sorted()
    }

    /// How many witnesses must agree on a time, so that the clock of one alone says nothing.
    private var agreeing: Int { max(1, min(policy.threshold, cosignatures.count)) }

    /// By how much the log's last entry is before the time that so many witnesses have reached as
    /// the card asks for, milliseconds; `nil` when none cosigned.
    package var behind: Int64? { reached.map { $0.subtractingReportingOverflow(t).partialValue } }

    private var reached: Int64? { times.suffix(agreeing).first }

    /// What the times of log and witnesses say against the council's clock; `nil` for nothing.
    ///
    /// A log whose entries are dated after its witnesses' clocks runs ahead. One that owed an entry
    /// when the witnesses cosigned it is held back: rules apply at the log's time, so whoever holds
    /// that back holds back what is due. A quiet log owes none, however old it is.
    package var clockTrouble: String? {
        guard let reached, let earliest = times.prefix(agreeing).last else { return nil }
        if t > earliest.addingReportingOverflow(Self.apartMax).partialValue {
            return "the log's last entry is dated \((t - earliest) / 1000) s after its witnesses' "
                + "clocks"
        }
        guard quietUntil < reached - Self.apartMax else { return nil }
        return "the log owed an entry \((reached - quietUntil) / 1000) s before its witnesses "
            + "cosigned it: the council's clock is held back, or it leaves out what is due"
    }

    /// For programs: what is needed, who cosigned and when (seconds since 1970), and by how many
    /// milliseconds the log's last entry is before them.
    package var value: JSONValue {
        var object = policy.value(for: cosignatures)
        object["behind"] = behind.map { .integer(max(-(1 << 53) + 1, min($0, (1 << 53) - 1))) }
        object["clockTrouble"] = clockTrouble.map { .string($0) }
        return .object(object)
    }

    /// Who cosigned and when, or that too few did.
    package func words(time: (Int64) -> String) -> String {
        policy.words(for: cosignatures, time: time)
    }
}

extension WitnessPolicy {
    /// Who cosigned and when, or that too few did.
    ///
    /// - Parameter time: Puts an instant into words, milliseconds since 1970.
    package func words(for cosignatures: [Cosignature], time: (Int64) -> String) -> String {
        let names = cosignatures.map {
            "\($0.key.name) at \(time(Int64(clamping: $0.time).multipliedClamping(by: 1000)))"
        }
        let count = "\(cosignatures.count) of \(keys.count), \(threshold) needed"
        return names.isEmpty ? count : "\(count): \(names.joined(separator: ", "))"
    }

    /// For programs: what is needed, who cosigned and when (seconds since 1970).
    package func value(for cosignatures: [Cosignature]) -> JSONObject {
        var object = JSONObject()
        object["threshold"] = .integer(Int64(threshold))
        object["enough"] = .bool(isMet(by: cosignatures))
        object["cosigned"] = .array(
            cosignatures.map {
                ["name": .string($0.key.name), "time": .integer(Int64(clamping: $0.time))]
            })
        return object
    }
}

extension Int64 {
    fileprivate func multipliedClamping(by factor: Int64) -> Int64 {
        let (product, overflows) = multipliedReportingOverflow(by: factor)
        return overflows ? .max : product
    }
}
