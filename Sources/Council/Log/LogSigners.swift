import Governance
package import TransparencyLog

/// The secret keys of a log: the one that the community card pins, and the next one, which a vote
/// puts in force.
package struct LogSigners: Sendable {
    /// The key that the card pins. It goes on signing beside its successors, for whoever pinned it.
    package let pinned: SignerKey
    /// A key that is, or is to be, in force instead.
    package let next: SignerKey?

    /// The keys of a log.
    package init(pinned: SignerKey, next: SignerKey? = nil) {
        self.pinned = pinned
        self.next = next
    }

    /// Both of them.
    package var all: [SignerKey] { [pinned, next].compactMap(\.self) }

    /// The public keys.
    var verifiers: [VerifierKey] { all.map(\.verifier) }

    /// Who signs for a log in that state: the key in force, and those that were it before.
    ///
    /// - Throws: ``CouncilFault/keyMissing(_:)`` without the key in force.
    func keys(for state: State) throws(CouncilFault) -> [SignerKey] {
        guard all.contains(where: { $0.verifier.isWritten(state.logKey) }) else {
            throw .keyMissing(state.logKey)
        }
        let known = [state.logKey] + state.formerLogKeys
        return all.filter { key in known.contains { key.verifier.isWritten($0) } }
    }
}
