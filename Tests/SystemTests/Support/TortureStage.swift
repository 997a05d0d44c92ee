import CanonicalJSON
import Foundation
import Governance
import TestKit

/// A community with an open vote, stopped; each trial plays on in a copy of its folder.
struct TortureStage: Sendable {
    let community: Community
    /// Who votes in every trial, with the session of before.
    let citizen: Citizen
    /// The vote.
    let proposal: Int64
    /// The shim.
    let shim: String

    /// Sets it up; the vote is open for hours.
    init() async throws {
        var charter = BallotTests.slowCharter.object ?? JSONObject()
        var classes = charter["classes"]?.object ?? JSONObject()
        for name in ["routine", "sensitive", "constitutional"] {
            var rules = classes[name]?.object ?? JSONObject()
            rules["voting"] = "10h"
            classes[name] = .object(rules)
        }
        charter["classes"] = .object(classes)
        community = try await Community(charter: .object(charter))
        let council = try await Served.council(of: community)
        let citizens = try await Citizen.joinAll(community, at: council.address)
        citizen = citizens[1]
        proposal = try await citizens[0].propose(Samples.library(port: 9))
        try await citizens[0].wait(proposal, until: "voting")
        try await council.stop()
        shim = try await FailPoint.compile(in: community.folder)
    }
}
