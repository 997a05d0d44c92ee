import CanonicalJSON
import Routing

extension State {
    func refusalOfEndpoints(_ change: EndpointsChange, _ member: Member) -> Refusal? {
        if let refusal = refusalOfBeginning() { return refusal }
        guard let document = documents[change.key], document.proposed.digest == change.document,
            case .backend(let backend) = document.proposed.document
        else {
            return Refusal(
                .unknownDocument,
                "no Backend/\(change.backend) is in force with digest \(change.document.hex)",
                next: "read the document in force, then sign again")
        }
        let kept = KeptBackend(backend: change.backend, keeper: member.number)
        let isUndone = overlays.undone.contains(kept)
        guard backend.keepers.contains(member.number), !isUndone else {
            return Refusal(
                .notAKeeper,
                "member \(member.number) is no keeper of Backend/\(change.backend)"
                    + (isUndone ? " any more: members undid what they did" : ""),
                next: "propose the change")
        }
        // What members voted for can always be gone back to, wherever it stands.
        if isAsRatified(change) { return nil }
        let outside = change.endpoints.firstIndex { endpoint in
            !backend.networks.contains { $0.contains(endpoint.address) }
        }
        if let outside {
            // As the member spelled it.
            let address = change.value.array?[outside]["address"]?.string ?? ""
            return Refusal(
                .outsideNetworks,
                "\(address) is in none of the networks of Backend/\(change.backend): "
                    + backend.networks.map(\.text).joined(separator: ", "),
                next: "take an address inside them, or propose the change")
        }
        let overlay = overlay(for: change)
        guard overlays.stands(overlay, on: documents) else {
            return Refusal(
                .planRefused,
                "a route names a port of Backend/\(change.backend) that no endpoint would have",
                next: "keep an endpoint with every port that routes name")
        }
        return nil
    }

    /// Whether the endpoints are those of the document, so that nothing is laid over it.
    private func isAsRatified(_ change: EndpointsChange) -> Bool {
        documents[change.key]?.proposed.bodyMember("endpoints")?.canonicalOctets
            == change.value.canonicalOctets
    }

    private func overlay(for change: EndpointsChange) -> Overlay {
        Overlay(
            index: entries, key: change.key,
            change: .endpoints(change.endpoints, digest: change.digest))
    }

    /// Gives a backend other endpoints.
    mutating func put(_ change: EndpointsChange, by member: Int) {
        overlays.up.removeAll { $0.overlay.key == change.key && !$0.isEmergency }
        if !isAsRatified(change) {
            overlays.up.append(
                StandingOverlay(
                    overlay: overlay(for: change), endpoints: change.value, signers: [member],
                    until: nil))
        }
        overlays.settle(on: &documents)
    }

    func refusalOfUndoing(_ kept: KeptBackend, _ member: Member, at t: Int64) -> Refusal? {
        guard let standing = overlays.endpoints(of: kept.key), standing.signers == [kept.keeper]
        else {
            return Refusal(
                .unknownOverlay,
                "Backend/\(kept.backend) has no endpoints by member \(kept.keeper)",
                next: "see the documents for what is laid over them")
        }
        guard member.electorFrom.map({ $0 <= t }) ?? false else {
            return Refusal(
                .notAnElector, "member \(member.number) is no elector yet",
                next: "ask an elector")
        }
        guard !overlays.undoing[kept, default: []].contains(member.number) else {
            return Refusal(
                .alreadySigned, "member \(member.number) signed that before",
                next: "ask other electors")
        }
        return nil
    }

    /// Counts a signature against a keeper; with enough of them their endpoints end.
    mutating func undo(_ kept: KeptBackend, by member: Int, at t: Int64) {
        overlays.undoing[kept, default: []].append(member)
        let needed = charter?.keepers.needed(of: electorCount(at: t)) ?? .max
        guard overlays.undoing[kept, default: []].count >= needed else { return }
        overlays.undoing[kept] = nil
        overlays.undone.insert(kept)
        overlays.up.removeAll {
            $0.overlay.key == kept.key && !$0.isEmergency && $0.signers == [kept.keeper]
        }
        overlays.settle(on: &documents)
    }
}
