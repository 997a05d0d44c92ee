package import CanonicalJSON
import Routing
import SSHSignature

extension State {
    /// Reads a state back that ``snapshot`` wrote.
    ///
    /// It is as good as the file: take the `state` entry that comes next in the log before
    /// believing anything of it.
    ///
    /// - Throws: ``FormatFault`` with what is malformed, or fits nothing.
    /// - Complexity: O(members + documents + proposals), and planning what is in discussion.
    package init(restoring snapshot: JSONValue) throws(FormatFault) {
        self.init()
        var outer = try ObjectReader(snapshot)
        guard try outer.integer("v") == 1 else { throw outer.fault("v", "expected 1") }
        var texts: [ContentDigest: ProposedDocument] = [:]
        for value in try outer.list("documents") {
            do {
                let document = try ProposedDocument(validating: value)
                texts[document.digest] = document
            } catch {
                throw outer.fault("documents", "\(error)")
            }
        }
        var reader = try outer.object("state")
        try restoreRoots(&reader)
        try restoreMembers(&reader)
        try restoreDocuments(try outer.list("inForce"), texts)
        try restoreFootprints(try reader.list("footprints"), texts)
        try restoreProposals(active: try reader.list("active"), ended: try outer.list("ended"))
        guard try reader.int("proposals") == proposals.count else {
            throw reader.fault("proposals", "there are \(proposals.count)")
        }
        for row in try reader.list("rejected") {
            let cells = try SnapshotValues.elements(row, 2, at: "/state/rejected")
            rejected[try SnapshotValues.digest(cells[0], at: "/state/rejected")] =
                try SnapshotValues.integer(cells[1], at: "/state/rejected")
        }
        for row in try reader.list("seen") {
            let cells = try SnapshotValues.elements(row, 2, at: "/state/seen")
            seen.insert(
                try SnapshotValues.digest(cells[0], at: "/state/seen"),
                until: try SnapshotValues.integer(cells[1], at: "/state/seen"))
        }
        overlays = try Overlays(
            restoring: &reader, endpoints: try outer.list("endpoints"), texts: texts)
        // What the digest covers and nothing was read from; the digest itself is compared later.
        for name in ["documents", "history"] { _ = try reader.digest(name) }
        try reader.finish()
        try outer.finish()
        documents.lay(overlays.up.map(\.overlay), refusing: overlays.refusals)
        deriveIndexes()
    }

    private mutating func restoreRoots(_ reader: inout ObjectReader) throws(FormatFault) {
        entries = try reader.int("entries")
        t = try reader.milliseconds("t")
        origin = try reader.string("origin")
        logKey = try reader.string("logKey")
        for value in try reader.list("logKeys") {
            guard let key = value.string else { throw reader.fault("logKeys", "expected texts") }
            formerLogKeys.append(key)
        }
        do {
            charter = try Charter(try reader.value("charter"))
        } catch {
            throw reader.fault("charter", "\(error)")
        }
        var founding = try reader.object("constitution")
        constitution = Constitution(
            digest: try founding.digest("digest"), leaf: try founding.digest("leaf"),
            founders: try founding.int("founders"))
        try founding.finish()
        hasBegun = try reader.bool("begun")
        voids = try reader.int("voids")
    }

    private mutating func restoreMembers(_ reader: inout ObjectReader) throws(FormatFault) {
        for (place, value) in try reader.list("members").enumerated() {
            let member = try Member(restoring: value, at: "/state/members/\(place)")
            guard member.number == place + 1 else {
                throw reader.fault("members", "member \(member.number) at place \(place + 1)")
            }
            members.append(member)
        }
        waiting = try SnapshotValues.numbers(try reader.value("waiting"), at: "/state/waiting")
        waitingSince = try reader.optionalInteger("waitingSince") ?? 0
        for row in try reader.list("admissions") {
            let cells = try SnapshotValues.elements(row, 2, at: "/state/admissions")
            admissions.append(
                Admission(
                    t: try SnapshotValues.integer(cells[0], at: "/state/admissions"),
                    count: try SnapshotValues.number(cells[1], at: "/state/admissions")))
        }
    }

    private mutating func restoreDocuments(
        _ rows: [JSONValue], _ texts: [ContentDigest: ProposedDocument]
    ) throws(FormatFault) {
        var found: [RatifiedDocument] = []
        for row in rows {
            let cells = try SnapshotValues.elements(row, 5, at: "/inForce")
            guard let text = texts[try SnapshotValues.digest(cells[1], at: "/inForce")] else {
                throw FormatFault(pointer: "/inForce", reason: "a document is missing")
            }
            let numbers = try SnapshotValues.numbers(.array(Array(cells[2...])), at: "/inForce")
            found.append(
                RatifiedDocument(
                    proposed: text, sequence: numbers[0],
                    enactment: Enactment(entry: numbers[1], proposal: numbers[2])))
        }
        do {
            documents = try DocumentSet(restoring: found)
        } catch {
            throw FormatFault(pointer: "/inForce", reason: "\(error)")
        }
    }

    private mutating func restoreFootprints(
        _ values: [JSONValue], _ texts: [ContentDigest: ProposedDocument]
    ) throws(FormatFault) {
        for value in values {
            var reader = try ObjectReader(value, at: "/state/footprints")
            var before: [(key: DocumentKey, document: ProposedDocument?)] = []
            for row in try reader.list("before") {
                let cells = try SnapshotValues.elements(row, 2, at: reader.pointer)
                let key = try SnapshotValues.documentKey(cells[0], at: reader.pointer)
                guard cells[1].string != "" else {
                    before.append((key, nil))
                    continue
                }
                guard let text = texts[try SnapshotValues.digest(cells[1], at: reader.pointer)]
                else { throw reader.fault("before", "a document is missing") }
                before.append((key, text))
            }
            footprints.append(
                Footprint(
                    proposal: try reader.int("proposal"), t: try reader.milliseconds("t"),
                    before: before))
            try reader.finish()
        }
    }

    private mutating func restoreProposals(
        active unfinished: [JSONValue], ended: [JSONValue]
    ) throws(FormatFault) {
        var found: [Proposal] = []
        for value in ended { found.append(try Proposal(restoring: value, at: "/ended")) }
        for value in unfinished {
            found.append(try Proposal(restoring: value, at: "/state/active"))
        }
        proposals = found.sorted { $0.number < $1.number }
        for (place, proposal) in proposals.enumerated() where proposal.number != place + 1 {
            throw FormatFault(
                pointer: "/ended", reason: "proposal \(place + 1) is missing or there twice")
        }
        active = unfinished.count == 0 ? [] : proposals.filter(\.isActive).map(\.number)
    }

    /// Everything that follows from the rest.
    private mutating func deriveIndexes() {
        for member in members {
            for key in member.keys { holders[key.key] = member.number }
            for key in member.retired { holders[key] = member.number }
        }
        eligibility = members.filter { $0.left == nil }.compactMap(\.electorFrom).sorted()
        for document in documents.documents {
            documentsInForce[document.enactment.proposal, default: 0] += 1
        }
        for proposal in proposals {
            guard let vote = proposal.vote else { continue }
            if case .voting = proposal.phase {
                votesByLeaf[vote.leaf] = proposal.number
            } else {
                closedByLeaf[vote.leaf] = proposal.number
            }
        }
        for number in active {
            proposals[number - 1].standing = documentStanding(
                of: proposals[number - 1].proposing.content)
        }
        quietBound = earliestInstant(at: t)
    }
}

extension Proposal {
    fileprivate var isActive: Bool { if case .ended = phase { false } else { true } }
}

extension Member {
    fileprivate init(restoring value: JSONValue, at pointer: String) throws(FormatFault) {
        var reader = try ObjectReader(value, at: pointer)
        number = try reader.int("number")
        handle = try reader.digest("handle")
        joined = try reader.optionalInteger("joined")
        electorFrom = try reader.optionalInteger("electorFrom")
        left = try reader.optionalInteger("left")
        expelled = try reader.optionalBool("expelled") ?? false
        day = try reader.milliseconds("day")
        statementsThatDay = try reader.int("statements")
        keys = []
        for element in try reader.list("keys") {
            var key = try ObjectReader(element, at: "\(pointer)/keys")
            keys.append(EnrolledKey(key: try key.key("key"), from: try key.milliseconds("from")))
            try key.finish()
        }
        for element in try reader.list("retired") {
            retired.append(try SnapshotValues.key(element, at: "\(pointer)/retired"))
        }
        try reader.finish()
    }
}
