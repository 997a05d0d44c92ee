import CanonicalJSON

/// One council as seen from this machine: where it is, and who we are there.
struct Client: Sendable {
    /// Where councils are remembered.
    let folder: ClientFolder
    /// Where this one is.
    let address: CouncilAddress
    /// What is remembered; `nil` before the first login.
    let membership: Membership?

    /// The API for reading, with our token if there is one.
    var api: CouncilAPI { CouncilAPI(address: address, token: membership?.token) }

    /// Who we are there, for commands that act as a member.
    ///
    /// - Throws: ``Complaint`` with ``ProgramStatus/notLoggedIn``.
    func member() throws(Complaint) -> Membership {
        guard let membership else {
            throw Complaint(
                .notLoggedIn, "not logged in", at: address.text,
                next: "commonway login --council \(address.text) --member NAME")
        }
        guard membership.expires > Moment.now else {
            throw Complaint(
                .notLoggedIn, "the session ended \(Moment.text(membership.expires))",
                at: address.text,
                next: "commonway login --council \(address.text) --member \(membership.handle)")
        }
        return membership
    }
}
