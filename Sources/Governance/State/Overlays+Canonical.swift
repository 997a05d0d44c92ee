import CanonicalJSON
import Routing

extension Overlays {
    /// Its members of the state that the digest covers.
    var canonicalMembers: [(name: String, value: JSONValue?)] {
        [
            ("overlays", .array(up.map(\.canonicalValue))), ("undoing", undoingValue),
            ("undone", undoneValue), ("past", pastValue), ("stewards", electionValue),
            ("emergencies", .array(signatures.map { [number($0.member), .integer($0.t)] })),
            (
                "suspended",
                .array(
                    suspended.sorted { $0.key < $1.key }.map {
                        [number($0.key), .integer($0.value)]
                    })
            ),
            ("refusals", refusalsValue),
        ]
    }

    private func number(_ value: Int) -> JSONValue { .integer(Int64(value)) }

    private func numbers(_ values: [Int]) -> JSONValue { .array(values.map(number)) }

    private var undoingValue: JSONValue {
        .array(
            undoing.sorted { $0.key < $1.key }.map { kept, signers in
                [.string(kept.key.text), number(kept.keeper), numbers(signers)]
            })
    }

    private var undoneValue: JSONValue {
        .array(undone.sorted().map { [.string($0.key.text), number($0.keeper)] })
    }

    private var pastValue: JSONValue {
        let sorted = past.sorted { ($0.key.text, $0.digest) < ($1.key.text, $1.digest) }
        return .array(
            sorted.map {
                [
                    .string($0.key.text), .string($0.digest.hex), number($0.enactment.entry),
                    number($0.enactment.proposal), .integer($0.t),
                ]
            })
    }

    private var electionValue: JSONValue? {
        election.map { ["members": numbers($0.members), "until": .integer($0.until)] }
    }

    private var refusalsValue: JSONValue {
        let sorted = refusals.sorted { $0.subject.text < $1.subject.text }
        return .array(sorted.map { [.string($0.subject.text), number($0.index)] })
    }
}

extension StandingOverlay {
    fileprivate var canonicalValue: JSONValue {
        var object = JSONObject()
        switch overlay.change {
        case .disable: object["kind"] = "disable"
        case .restore(let document):
            object["kind"] = "restore"
            object["digest"] = .string(document.proposed.digest.hex)
            object["was"] = [
                .integer(Int64(document.sequence)), .integer(Int64(document.enactment.entry)),
                .integer(Int64(document.enactment.proposal)),
            ]
        case .endpoints(_, let digest):
            object["kind"] = "endpoints"
            object["digest"] = .string(digest.hex)
        }
        object["name"] = .string(overlay.key.text)
        object["index"] = .integer(Int64(overlay.index))
        object["by"] = .array(signers.map { .integer(Int64($0)) })
        object["until"] = until.map { .integer($0) }
        object["proposal"] = confirmedBy.map { .integer(Int64($0)) }
        return .object(object)
    }
}
