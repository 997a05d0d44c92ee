import CanonicalJSON
import Council
import LogReader
import TransparencyLog

/// Checkpoints with those who cosigned them, as JSON.
enum WitnessView {
    /// A checkpoint: its size and root, its note, who of the community's witnesses cosigned it and
    /// when, and whether they are enough.
    static func json(_ checkpoint: SignedCheckpoint, by policy: WitnessPolicy) -> JSONValue {
        let cosignatures = (try? policy.cosignatures(of: checkpoint)) ?? []
        return [
            "size": .integer(Int64(checkpoint.checkpoint.size)),
            "root": .string(checkpoint.checkpoint.root.hex),
            "checkpoint": .string(String(decoding: checkpoint.note.octets, as: UTF8.self)),
            "cosigned": .array(
                cosignatures.map {
                    ["name": .string($0.key.name), "time": .integer(Int64(clamping: $0.time))]
                }),
            "enough": .bool(policy.isMet(by: cosignatures)),
        ]
    }

    /// How a witness answers.
    static func json(_ standing: WitnessStanding) -> JSONValue {
        var object = JSONObject()
        object["address"] = .string(standing.address)
        object["name"] = standing.key.map { .string($0.name) }
        object["size"] = standing.size.map { .integer(Int64($0)) }
        object["time"] = standing.time.map { .integer(Int64(clamping: $0)) }
        object["trouble"] = standing.trouble.map { .string($0) }
        return .object(object)
    }
}
