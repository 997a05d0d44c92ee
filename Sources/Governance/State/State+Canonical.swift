package import CanonicalJSON
package import Routing
import SSHSignature

extension State {
    /// SHA-256 of ``canonicalValue``: what a `state` entry claims.
    ///
    /// - Complexity: O(members + documents + proposals not over).
    package var digest: ContentDigest { ContentDigest(of: canonicalValue.canonicalOctets) }

    /// Everything that decides what later entries do, as canonical JSON; proposals that are over
    /// and documents are there as digests, so that a `state` entry stays cheap however long the log
    /// is.
    package var canonicalValue: JSONValue {
        var object = JSONObject()
        object["active"] = .array(active.map { proposals[$0 - 1].fullValue })
        object["admissions"] = .array(
            admissions.map { [.integer($0.t), .integer(Int64($0.count))] })
        object["begun"] = .bool(hasBegun)
        object["charter"] = charter?.value
        object["constitution"] = constitution.map {
            [
                "digest": .string($0.digest.hex), "leaf": .string($0.leaf.hex),
                "founders": .integer(Int64($0.founders)),
            ]
        }
        object["documents"] = .string(documentsDigest.hex)
        object["entries"] = .integer(Int64(entries))
        object["footprints"] = .array(footprints.map(\.canonicalValue))
        object["history"] = .string(historyDigest.hex)
        object["logKey"] = .string(logKey)
        object["logKeys"] = .array(formerLogKeys.map { .string($0) })
        object["members"] = .array(members.map(\.canonicalValue))
        object["origin"] = .string(origin)
        object["proposals"] = .integer(Int64(proposals.count))
        object["rejected"] = .array(
            rejected.sorted { $0.key < $1.key }.map { [.string($0.key.hex), .integer($0.value)] })
        object["succession"] = succession.map { .array($0.members.map { .integer(Int64($0)) }) }
        for (name, value) in overlays.canonicalMembers { object[name] = value }
        object["seen"] = .array(seen.sorted.map { [.string($0.hash.hex), .integer($0.until)] })
        object["t"] = .integer(t)
        object["voids"] = .integer(Int64(voids))
        object["waiting"] = .array(waiting.map { .integer(Int64($0)) })
        if !waiting.isEmpty { object["waitingSince"] = .integer(waitingSince) }
        return .object(object)
    }

    /// SHA-256 over the digests of the proposals that are over.
    private var historyDigest: ContentDigest {
        ContentDigest(of: proposals.flatMap { $0.seal?.octets ?? [] })
    }

    /// SHA-256 over the documents in force and where each came from.
    private var documentsDigest: ContentDigest {
        ContentDigest(of: JSONValue.array(documents.documents.map(\.row)).canonicalOctets)
    }
}

extension RatifiedDocument {
    /// The document as the state names it: key, digest, sequence, entry, proposal.
    var row: JSONValue {
        [
            .string(key.text), .string(proposed.digest.hex), .integer(Int64(sequence)),
            .integer(Int64(enactment.entry)), .integer(Int64(enactment.proposal)),
        ]
    }
}

extension State.Footprint {
    /// The footprint as the state's digest covers it.
    fileprivate var canonicalValue: JSONValue {
        [
            "proposal": .integer(Int64(proposal)), "t": .integer(t),
            "before": .array(
                before.map { [.string($0.key.text), .string($0.document?.digest.hex ?? "")] }),
        ]
    }
}

extension Member {
    /// The member as the state's digest covers them.
    var canonicalValue: JSONValue {
        var object = JSONObject()
        object["day"] = .integer(day)
        object["electorFrom"] = electorFrom.map { .integer($0) }
        object["expelled"] = expelled ? true : nil
        object["handle"] = .string(handle.hex)
        object["joined"] = joined.map { .integer($0) }
        object["keys"] = .array(
            keys.map { ["key": .string($0.key.openSSHText), "from": .integer($0.from)] })
        object["left"] = left.map { .integer($0) }
        object["number"] = .integer(Int64(number))
        object["retired"] = .array(retired.map { .string($0.openSSHText) })
        object["statements"] = .integer(Int64(statementsThatDay))
        return .object(object)
    }
}

extension Proposal {
    /// All but the operations, which the payload's digest stands for.
    var summary: JSONValue {
        var object = JSONObject()
        object["by"] = .integer(Int64(by))
        object["index"] = .integer(Int64(index))
        object["lastSponsorAt"] = .integer(lastSponsorAt)
        object["number"] = .integer(Int64(number))
        object["payload"] = .string(proposing.payload.hex)
        object["proposed"] = .integer(proposed)
        object["reason"] = proposing.reason.map { .string($0.hex) }
        object["refiled"] = isRefiled ? true : nil
        object["refiles"] = refiles.map { .integer(Int64($0)) }
        object["remarks"] = .array(
            remarks.sorted { $0.key < $1.key }.map {
                [.integer(Int64($0.key)), .integer(Int64($0.value))]
            })
        object["revision"] = .integer(Int64(revision))
        object["sponsors"] = .array(sponsors.map { .integer(Int64($0)) })
        object["start"] = .integer(start)
        object["statement"] = .string(statement.hex)
        object["status"] = .string(status.rawValue)
        object["voidVote"] = voidVote.map { .integer(Int64($0)) }
        object["vote"] = vote?.canonicalValue
        object["closing"] = closing?.canonicalValue
        if case .ended(_, _, let ending) = phase {
            object["ended"] = ["index": .integer(Int64(ending.index)), "t": .integer(ending.t)]
        }
        return .object(object)
    }

    /// The summary with the operations.
    var fullValue: JSONValue {
        guard var object = summary.object else { return summary }
        object["operations"] = proposing.content.value
        return .object(object)
    }
}

extension Closing {
    /// The close as the state's digest covers it.
    fileprivate var canonicalValue: JSONValue {
        var object = JSONObject()
        object["index"] = .integer(Int64(index))
        object["t"] = .integer(t)
        object["outcome"] = .string(outcome.rawValue)
        if outcome == .passed {
            object["enactDue"] = .integer(enactDue)
            object["grace"] = .integer(grace)
        }
        return .object(object)
    }
}

extension Vote {
    /// The vote as the state's digest covers it.
    var canonicalValue: JSONValue {
        var object = JSONObject()
        object["applyBy"] = .integer(applyBy)
        object["ballots"] = .array(
            ballots.sorted { $0.key < $1.key }.map {
                [
                    .integer(Int64($0.key)), .string($0.value.statement.hex),
                    .string($0.value.choice.rawValue), .integer(Int64($0.value.count)),
                    .string($0.value.key.openSSHText),
                ]
            })
        object["class"] = .string(changeClass.rawValue)
        object["closes"] = .integer(closes)
        object["delay"] = .integer(delay)
        object["effect"] = .string(effect.hex)
        object["electorate"] = .array(electorate.map { .integer(Int64($0)) })
        object["electors"] = .integer(Int64(electors))
        object["extended"] = isExtended ? true : nil
        object["index"] = .integer(Int64(index))
        object["leaf"] = .string(leaf.hex)
        object["margin"] = .integer(Int64(margin))
        object["opened"] = .integer(opened)
        object["outage"] = .integer(outage)
        object["period"] = .integer(period)
        object["quorum"] = .integer(Int64(quorum))
        object["swing"] = .integer(swing)
        object["swungAt"] = swungAt.map { .integer($0) }
        object["tally"] = [
            .integer(Int64(tally.yes)), .integer(Int64(tally.no)), .integer(Int64(tally.abstain)),
        ]
        object["unanimity"] = closesWhenUnanimous ? true : nil
        object["unanimousAt"] = unanimousAt.map { .integer($0) }
        return .object(object)
    }
}
