import CanonicalJSON
import Governance
import Routing

/// What stands on the documents without a vote, and who may put it there, as the API shows it.
struct OverlayView: Sendable {
    private var object = JSONObject()
    /// What is up, each with the index of its entry, and whether that has endpoints to show.
    private let up: [(index: Int, object: JSONObject, hasEndpoints: Bool)]
    private let refusals: [TableRefusal]

    /// The entries whose words ``json(entries:)`` needs: the state keeps digests alone.
    var indices: [Int] { up.filter(\.hasEndpoints).map(\.index) + refusals.map(\.index) }

    /// - Parameter now: The time at which stewards and what may be restored are judged,
    ///   milliseconds since 1970.
    init(of state: State, now: Int64) {
        up = state.overlays.up.map { standing in
            (standing.overlay.index, Self.standing(standing), !standing.isEmergency)
        }
        refusals = state.overlays.refusals
        object["past"] = .array(state.restorable(at: now).map { Self.past($0, in: state) })
        object["stewards"] = Self.stewards(of: state, now: now)
        object["undoing"] = Self.undoing(of: state, now: now)
        object["undone"] = .array(
            state.overlays.undone.sorted().map { .object(Self.kept($0)) })
    }

    /// The whole, with endpoints and reasons as the log's entries give them.
    ///
    /// - Parameter entries: Those of ``indices``.
    func json(entries: [Int: JSONValue]) -> JSONValue {
        var whole = object
        whole["up"] = .array(
            up.map { item in
                var object = item.object
                object["endpoints"] = entries[item.index]?["stmt"]?["endpoints"]
                return .object(object)
            })
        whole["refusals"] = .array(
            refusals.map { refusal in
                [
                    "name": .string(refusal.text), "index": .integer(Int64(refusal.index)),
                    "reason": entries[refusal.index]?["reason"] ?? "",
                ]
            })
        return .object(whole)
    }

    /// What has an effect on a document in force, as the table digest spells it; `nil` for
    /// nothing.
    ///
    /// - Complexity: O(what is up and refused).
    static func words(on key: DocumentKey, in state: State) -> String? {
        var words: [String] = []
        if key.kind == .route,
            state.overlays.refusals.contains(where: { $0.subject == .route(key.name) })
        {
            words.append("refused")
        }
        var isRestored = false
        switch state.overlays.emergency(on: key)?.overlay.change {
        case .disable: words.append("disabled")
        case .restore(let document):
            isRestored = true
            words.append("restored:\(document.proposed.digest.hex)")
        case .endpoints, nil: break
        }
        // A restored backend is served whole, whatever its keepers did.
        if !isRestored, let standing = state.overlays.endpoints(of: key),
            case .endpoints(_, let digest) = standing.overlay.change
        {
            words.append("endpoints:\(digest.hex)")
        }
        return words.isEmpty ? nil : words.joined(separator: ",")
    }

    private static func numbers(_ numbers: [Int]) -> JSONValue {
        .array(numbers.map { .integer(Int64($0)) })
    }

    private static func standing(_ standing: StandingOverlay) -> JSONObject {
        var object = JSONObject()
        let overlay = standing.overlay
        object["index"] = .integer(Int64(overlay.index))
        object["name"] = .string(overlay.key.text)
        object["by"] = numbers(standing.signers)
        object["until"] = standing.until.map { .integer($0) }
        object["proposal"] = standing.confirmedBy.map { .integer(Int64($0)) }
        switch overlay.change {
        case .disable: object["kind"] = "disable"
        case .restore(let document):
            object["kind"] = "restore"
            object["digest"] = .string(document.proposed.digest.hex)
            object["document"] = document.proposed.value
        case .endpoints(_, let digest):
            object["kind"] = "endpoints"
            object["digest"] = .string(digest.hex)
        }
        return object
    }

    private static func past(_ past: PastDocument, in state: State) -> JSONValue {
        let restorable = state.charter?.emergency.restorable.milliseconds ?? 0
        var object = JSONObject()
        object["name"] = .string(past.key.text)
        object["digest"] = .string(past.digest.hex)
        object["entry"] = .integer(Int64(past.enactment.entry))
        object["proposal"] = .integer(Int64(past.enactment.proposal))
        object["t"] = .integer(past.t)
        object["until"] = .integer(past.t + restorable)
        object["writtenIn"] = state.proposal(writing: past).map { .integer(Int64($0)) }
        return .object(object)
    }

    private static func stewards(of state: State, now: Int64) -> JSONValue {
        var object = JSONObject()
        object["members"] = .array(
            state.stewards(at: now).map { member in
                [
                    "member": .integer(Int64(member)),
                    "left": .integer(Int64(state.emergenciesLeft(of: member, at: now))),
                ]
            })
        let together = state.charter?.emergency.together(of: state.electorCount(at: now))
        object["together"] = .integer(Int64(together ?? 0))
        if let election = state.overlays.election, now < election.until {
            object["elected"] = numbers(election.members)
            object["until"] = .integer(election.until)
        }
        object["suspended"] = .array(
            state.overlays.suspended.filter { now < $0.value }.sorted { $0.key < $1.key }.map {
                ["member": .integer(Int64($0.key)), "until": .integer($0.value)]
            })
        return .object(object)
    }

    private static func kept(_ kept: KeptBackend) -> JSONObject {
        var object = JSONObject()
        object["backend"] = .string(kept.backend)
        object["keeper"] = .integer(Int64(kept.keeper))
        return object
    }

    private static func undoing(of state: State, now: Int64) -> JSONValue {
        let needed = state.charter?.keepers.needed(of: state.electorCount(at: now)) ?? 0
        return .array(
            state.overlays.undoing.sorted { $0.key < $1.key }.map { backend, signers in
                var object = kept(backend)
                object["by"] = numbers(signers)
                object["needed"] = .integer(Int64(needed))
                return .object(object)
            })
    }
}
