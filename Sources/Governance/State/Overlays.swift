import CanonicalJSON
package import Routing

/// What stands on the documents without a vote, and what decides who may put it there:
/// `docs/governance.md` §10.
package struct Overlays: Sendable {
    /// Those that are up, by ascending index.
    package internal(set) var up: [StandingOverlay] = []
    /// Who signed to undo a keeper of a backend, in the order of signing.
    package internal(set) var undoing: [KeptBackend: [Int]] = [:]
    /// Keepers that were undone.
    package internal(set) var undone: Set<KeptBackend> = []
    /// What went out of force and may be restored.
    package internal(set) var past: [PastDocument] = []
    /// The last election of stewards.
    package internal(set) var election: StewardElection?
    /// Stewards' signatures in the period before the last, by time.
    var signatures: [StewardSignature] = []
    /// Until when stewards lost the power.
    package internal(set) var suspended: [Int: Int64] = [:]
    /// What the operator refuses.
    package internal(set) var refusals: [TableRefusal] = []

    /// A steward signed an emergency.
    struct StewardSignature: Sendable, Equatable {
        let member: Int
        let t: Int64
    }

    /// Whether nothing is laid over any document, and nobody was undone, so that no enactment ends
    /// anything.
    var isEmpty: Bool {
        up.isEmpty && refusals.isEmpty && undoing.isEmpty && undone.isEmpty
    }

    /// The emergency that is up on a document.
    package func emergency(on key: DocumentKey) -> StandingOverlay? {
        up.first { $0.overlay.key == key && $0.isEmergency }
    }

    /// The keeper's endpoints that are up on a backend.
    package func endpoints(of key: DocumentKey) -> StandingOverlay? {
        up.first { $0.overlay.key == key && !$0.isEmergency }
    }

    /// The overlay that an entry put up.
    package func overlay(_ index: Int) -> StandingOverlay? {
        up.first { $0.overlay.index == index }
    }

    /// Changes the overlay that an entry put up, if it is still there.
    mutating func change(_ index: Int, _ change: (inout StandingOverlay) -> Void) {
        guard let place = up.firstIndex(where: { $0.overlay.index == index }) else { return }
        change(&up[place])
    }
}

/// An overlay that is up.
package struct StandingOverlay: Sendable {
    /// What it does, on which document, by the entry of which index.
    package let overlay: Overlay
    /// The endpoints as the keeper gave them; `nil` for anything else.
    var endpoints: JSONValue?
    /// Who signed it, in their order: stewards, or the one keeper.
    package internal(set) var signers: [Int]
    /// When it ends; `nil` while nothing ends it.
    package internal(set) var until: Int64?
    /// The proposal that confirms it, once enough stewards signed.
    package internal(set) var confirmedBy: Int?

    /// Whether stewards put it up, not a keeper.
    package var isEmergency: Bool {
        if case .endpoints = overlay.change { false } else { true }
    }
}

/// A document that was in force.
package struct PastDocument: Sendable {
    /// Its kind and name.
    package let key: DocumentKey
    /// SHA-256 of its canonical octets.
    package let digest: ContentDigest
    /// What had put it in force.
    package let enactment: Enactment
    /// When it went out of force.
    package let t: Int64
}

/// Whom a vote made stewards.
package struct StewardElection: Sendable, Equatable {
    /// Their numbers, ascending.
    package let members: [Int]
    /// When their term ends.
    package let until: Int64
}
