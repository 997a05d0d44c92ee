import CanonicalJSON
import Council
import Foundation
import Governance
import LogReader
import Routing
import Store
import TransparencyLog

/// Founds a community in a folder: keys, genesis, handles, invitations.
struct CommunityFounding: Sendable {
    let folder: DataFolder
    let origin: String
    let charter: JSONValue
    let founders: [FounderList.Named]
    /// Whose cosignatures readers are to ask for.
    var witnesses = WitnessPolicy.none

    /// What came of it.
    struct Founded: Sendable {
        let card: CommunityCard
        /// A single-use invitation by handle, in the founders' order.
        let invitations: [(handle: String, invitation: String)]
    }

    /// How long an invitation holds, milliseconds: a fortnight.
    private static let invitationLifetime: Int64 = 14 * 86_400_000

    /// Founds it.
    ///
    /// - Throws: ``Complaint``; what was made stays, so that nothing is ever founded twice in one
    ///   folder.
    func perform() async throws(Complaint) -> Founded {
        let signer = try makeSigner()
        try folder.make()
        do {
            try DurableFile.createSecret(Array((signer.text + "\n").utf8), at: folder.logKey)
            let store = try Store(path: folder.store.path)
            let publisher = try Publisher(
                log: LogFolder(folder.log), lastSigned: LastSigned(folder.lastSigned),
                signers: LogSigners(pinned: signer), witnesses: witnesses)
            let now = Moment.now
            let salts = founders.map { _ in RandomSecret.octets(32) }
            let listed = zip(founders, salts).enumerated().map { index, pair in
                Founder(
                    number: index + 1, key: pair.0.key,
                    handle: Self.digest(ofHandle: pair.0.handle, salt: pair.1))
            }
            let card = try await Founding(charter: charter, founders: listed).write(
                to: store.journal, publisher: publisher, now: now)
            let invitations = try await invite(in: store, salts, now: now)
            try DurableFile.write(
                Array((card.value.canonicalText + "\n").utf8), to: folder.card)
            try store.close()
            return Founded(card: card, invitations: invitations)
        } catch let complaint as Complaint {
            throw complaint
        } catch {
            throw .refused(
                "\(error)", at: folder.root.path,
                next: "remove the folder, mend what is named, and run init again")
        }
    }

    private func makeSigner() throws(Complaint) -> SignerKey {
        do {
            return try SignerKey(name: origin, seed: RandomSecret.octets(32))
        } catch {
            throw .usage(
                "\"\(Output.plain(origin))\" cannot be an origin: \(error)", at: "--origin",
                next: "use the log's address without scheme, such as gw.example.org/log")
        }
    }

    private func invite(
        in store: Store, _ salts: [[UInt8]], now: Int64
    ) async throws -> [(handle: String, invitation: String)] {
        var invitations: [(handle: String, invitation: String)] = []
        for (index, founder) in founders.enumerated() {
            try await store.records.putHandle(
                member: index + 1, handle: founder.handle, salt: salts[index])
            let invitation = try await store.credentials.createInvitation(
                member: index + 1, expires: now + Self.invitationLifetime)
            invitations.append((founder.handle, invitation.revealText()))
        }
        return invitations
    }

    /// SHA-256("commonway handle" ‖ salt ‖ handle), `docs/formats.md` §1.
    private static func digest(ofHandle handle: String, salt: [UInt8]) -> ContentDigest {
        ContentDigest(of: Array("commonway handle".utf8) + salt + Array(handle.utf8))
    }
}

/// Octets that nobody can guess.
enum RandomSecret {
    static func octets(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
